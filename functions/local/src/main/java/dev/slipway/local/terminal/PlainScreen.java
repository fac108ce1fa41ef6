package dev.slipway.local.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Plain lines for logs and pipes: each change of a state, and each store at most once in five seconds. */
final class PlainScreen implements Screen {
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final Consumer<String> lines;
    private final Board board = new Board();
    private final Map<String, Instant> lastSaid = new HashMap<>();
    private final Set<String> unsaid = new HashSet<>();
    private Optional<Shift> traffic = Optional.empty();

    PlainScreen(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void show(Event event) {
        switch (event) {
            case Event.Entered entered -> {
                board.enter(entered);
                lines.accept(Wording.started(entered));
            }
            case Event.Exited exited -> exit(exited);
            case Event.Moved moved -> {
                boolean known = board.isReached(moved);
                Meter meter = board.move(moved);
                if (known) {
                    return;
                }
                String line = Wording.line(
                        moved.state(), Wording.amount(meter, board.widest(), Wording.Detail.FULL, moved.at()));
                sayOnceInAWhile(key(moved.state(), moved.store()), line, moved.at());
            }
            case Event.Shifted shifted -> shift(shifted);
            case Event.Planned planned -> board.plan(planned.stores());
            case Event.Said said -> lines.accept(Wording.oneLine(said.text()));
        }
    }

    private void exit(Event.Exited exited) {
        board.exit(exited.state()).ifPresent(active -> {
            active.stores().forEach(meter -> sayWhatWasReached(exited.state(), meter));
            lines.accept(Wording.ended(exited.state(), exited.ending(), active.lasted(exited.at())));
        });
    }

    private void sayWhatWasReached(String state, Meter meter) {
        String key = key(state, meter.store());
        lastSaid.remove(key);
        if (unsaid.remove(key)) {
            lines.accept(Wording.line(state, Wording.reached(meter, board.widest())));
        }
    }

    private void shift(Event.Shifted shifted) {
        Shift shift = traffic.orElseGet(() -> new Shift(shifted));
        if (shift.move(shifted) || traffic.isEmpty()) {
            lastSaid.remove(shifted.state());
        }
        traffic = Optional.of(shift);
        String line = Wording.line(shifted.state(), Wording.shifted(shift, shifted.at()));
        sayOnceInAWhile(shifted.state(), line, shifted.at());
    }

    private void sayOnceInAWhile(String key, String line, Instant at) {
        Instant last = lastSaid.get(key);
        if (last != null && last.plus(QUIET).isAfter(at)) {
            unsaid.add(key);
            return;
        }
        lastSaid.put(key, at);
        unsaid.remove(key);
        lines.accept(line);
    }

    private static String key(String state, String store) {
        return state + "\n" + store;
    }

    @Override
    public void tick(Instant now) {
        // A log says what happened, not that time went by.
    }

    @Override
    public void close() {
        unsaid.clear();
    }
}
