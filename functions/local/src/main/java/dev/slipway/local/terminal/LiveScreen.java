package dev.slipway.local.terminal;

import dev.slipway.report.StateVisit.Ending;
import dev.slipway.report.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * A small block that is drawn over itself, below the lines that stay. Each write is one piece and leaves the cursor at the start
 * of a line, so that whatever ends the program leaves the terminal in order.
 */
final class LiveScreen implements Screen {
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final String INDENT = "    ";
    private static final int GAP = 2;

    /** How a line is told, from the fullest to the barest: the first that fits is drawn. */
    private static final List<Shape> SHAPES = List.of(
            new Shape(24, Wording.Detail.WITH_PART),
            new Shape(24, Wording.Detail.FULL),
            new Shape(24, Wording.Detail.SHORT),
            new Shape(12, Wording.Detail.SHORT),
            new Shape(0, Wording.Detail.SHORT),
            new Shape(0, Wording.Detail.LEAST));

    /** Without wrapping the terminal cuts a long line, whatever its width: what we count as one line is one. */
    private static final String WRAP_OFF = "\033[?7l";

    private static final String WRAP_ON = "\033[?7h";

    private final Consumer<String> out;
    private final Paint paint;
    private final IntSupplier columns;
    private final Board board = new Board();
    private final Set<String> kept = new HashSet<>();
    private Optional<Shift> traffic = Optional.empty();
    private Instant drawn = Instant.MIN;
    private int height;

    LiveScreen(Consumer<String> out, Paint paint, IntSupplier columns) {
        this.out = out;
        this.paint = paint;
        this.columns = columns;
    }

    @Override
    public void show(Event event) {
        switch (event) {
            case Event.Entered entered -> {
                board.enter(entered);
                draw(List.of(), entered.at());
            }
            case Event.Exited exited -> draw(exit(exited), exited.at());
            case Event.Moved moved -> {
                board.move(moved);
                tick(moved.at());
            }
            case Event.Shifted shifted -> {
                Shift shift = traffic.orElseGet(() -> new Shift(shifted));
                shift.move(shifted);
                traffic = Optional.of(shift);
                tick(shifted.at());
            }
            case Event.Planned planned -> board.plan(planned.stores());
            case Event.Said said -> draw(List.of(Wording.oneLine(said.text())), said.at());
        }
    }

    @Override
    public void tick(Instant now) {
        if (!drawn.plus(FRAME).isAfter(now)) {
            draw(List.of(), now);
        }
    }

    @Override
    public void close() {
        out.accept(erase());
        height = 0;
    }

    /** The lines that stay. A loop's later visits stay only where they fail. */
    private List<String> exit(Event.Exited exited) {
        Optional<Board.Active> active = board.exit(exited.state());
        boolean known = !kept.add(exited.state()) && exited.ending() == Ending.OK;
        if (active.isEmpty() || known) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String ended =
                Wording.ended(exited.state(), exited.ending(), active.get().lasted(exited.at()));
        lines.add(paint.mark(exited.ending()) + " " + ended);
        active.get().stores().forEach(meter -> lines.add("    " + Wording.reached(meter, board.widest())));
        return lines;
    }

    private void draw(List<String> staying, Instant now) {
        List<String> block = block(now);
        StringBuilder frame = new StringBuilder(erase());
        staying.forEach(line -> frame.append(line).append('\n'));
        frame.append(WRAP_OFF);
        block.forEach(line -> frame.append(line).append('\n'));
        out.accept(frame.append(WRAP_ON).toString());
        height = block.size();
        drawn = now;
    }

    private String erase() {
        return height == 0 ? "" : "\033[" + height + "A\r\033[J";
    }

    private List<String> block(Instant now) {
        int width = columns.getAsInt();
        List<String> lines = new ArrayList<>();
        board.states().forEach((state, active) -> {
            String tries = active.tries() > 1 ? ", try " + active.tries() : "";
            String left = board.left(active, now).map(Units::left).orElse("");
            lines.add(paint.dot() + " " + Wording.line(state + tries, Units.duration(active.lasted(now)), left));
            active.stores().forEach(meter -> lines.add(meterLine(meter, now, width)));
        });
        traffic.ifPresent(it ->
                lines.add(fitting(Optional.of(it.latest().weight() / 100.0), width, any -> Wording.shifted(it, now))));
        return lines;
    }

    private String meterLine(Meter meter, Instant now, int width) {
        return fitting(meter.share(), width, detail -> Wording.amount(meter, board.widest(), detail, now));
    }

    private String fitting(Optional<Double> share, int width, Function<Wording.Detail, String> text) {
        Shape shape = SHAPES.stream()
                .filter(it -> it.width(text) <= width)
                .findFirst()
                .orElse(SHAPES.getLast());
        String bar = share.map(it -> paint.bar(it, shape.bar())).orElseGet(() -> " ".repeat(shape.bar()));
        return INDENT + bar + " ".repeat(shape.gap()) + text.apply(shape.detail());
    }

    private record Shape(int bar, Wording.Detail detail) {
        int gap() {
            return bar == 0 ? 0 : GAP;
        }

        int width(Function<Wording.Detail, String> text) {
            return INDENT.length() + bar + gap() + text.apply(detail).length();
        }
    }
}
