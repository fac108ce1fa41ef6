package dev.slipway.report.plan;

import dev.slipway.migration.plan.Plan;
import dev.slipway.report.Svg;
import dev.slipway.report.plan.Diagram.Box;
import dev.slipway.report.plan.Diagram.Frame;
import dev.slipway.report.plan.Diagram.Heading;
import dev.slipway.report.plan.Diagram.Label;
import dev.slipway.report.plan.Diagram.Line;
import dev.slipway.report.plan.Diagram.Link;
import dev.slipway.report.plan.Diagram.Picture;
import dev.slipway.report.plan.Diagram.Rail;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts the parts of a diagram in their places, from above. */
final class DiagramLayout {
    private static final int HEAD = 40;
    private static final int HEADING = 26;
    private static final int GAP = 8;
    private static final int ICON = 16;
    private static final int FEW = 24;
    private static final int PAD = 7;

    private final Plan plan;
    private final DiagramShape shape;
    private final List<MoveGroup> groups;
    private final int boxHeight;
    private final boolean details;
    private final List<Heading> headings = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Box> boxes = new ArrayList<>();
    private final List<Integer> entered = new ArrayList<>();
    private int y = HEAD;

    private DiagramLayout(Plan plan, DiagramShape shape) {
        this.plan = plan;
        this.shape = shape;
        this.groups = MoveGroup.of(plan);
        this.details = groups.stream().mapToInt(group -> group.moves().size()).sum() <= FEW;
        this.boxHeight = details ? 44 : 28;
    }

    static Diagram of(Plan plan, DiagramShape shape) {
        return new DiagramLayout(plan, shape).diagram();
    }

    private Diagram diagram() {
        groups.forEach(this::group);
        int height = y + GAP;
        String region = "AWS, " + plan.target().region();
        return new Diagram(
                shape.id(),
                shape.width(),
                height + 2,
                plan.app() + " today and on AWS",
                description(),
                List.of(
                        new Frame("Today", 1, shape.leftBox() + 1, shape.column() - 2, height),
                        new Frame(
                                region,
                                shape.rightFrame() + 1,
                                shape.rightBox() + 1,
                                shape.column() + shape.rail() - 2,
                                height)),
                headings,
                links,
                boxes,
                rail());
    }

    private String description() {
        return groups.stream()
                .map(group -> group.title() + ": "
                        + group.moves().stream().map(Move::sentence).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" "));
    }

    private void group(MoveGroup group) {
        headings.add(new Heading(group.title(), shape.leftBox() + 1, y + HEADING - 9));
        y += HEADING;
        String said = "";
        for (Move move : group.moves()) {
            boolean again = !details && move.label().equals(said);
            move(move, again ? "" : move.label());
            said = move.label();
        }
    }

    private void move(Move move, String label) {
        int middle = y + boxHeight / 2;
        String tone = move.kind().name().toLowerCase(Locale.ROOT);
        boxes.add(box("today", move.today(), shape.leftBox()));
        boxes.add(box(tone, move.then(), shape.rightBox()));
        int from = shape.leftBox() + shape.boxWidth();
        links.add(new Link(tone, from, shape.rightBox() - 6, middle, shape.rightBox() - 1, label(label, middle)));
        if (move.entered()) {
            entered.add(middle);
        }
        y += boxHeight + GAP;
    }

    private Optional<Label> label(String text, int middle) {
        if (!shape.roomy() || text.isEmpty()) {
            return Optional.empty();
        }
        int center = (shape.column() + shape.rightFrame()) / 2;
        int ground = text.length() * 6 + 12;
        return Optional.of(new Label(text, center, middle + 4, center - ground / 2, middle - 9, ground));
    }

    private Box box(String tone, Move.Side side, int x) {
        int icon = shape.roomy() ? ICON + PAD : 0;
        int textX = x + PAD + icon;
        int room = shape.boxWidth() - icon - 2 * PAD;
        int middle = y + boxHeight / 2;
        boolean two = details && !side.detail().isEmpty();
        int small = shape.name() - 2;
        return new Box(
                tone,
                side.text(),
                x,
                y,
                shape.boxWidth(),
                boxHeight,
                shape.roomy()
                        ? Optional.of(new Picture(
                                x + PAD, middle - ICON / 2, side.icon().path()))
                        : Optional.empty(),
                new Line(shape.fitted(name(side), shape.name(), room), textX, two ? middle - 3 : middle + 4),
                two
                        ? Optional.of(new Line(shape.fitted(side.detail(), small, room), textX, middle + 13))
                        : Optional.empty());
    }

    /** Without the maker's name where there is little room. */
    private String name(Move.Side side) {
        return shape.roomy() ? side.name() : side.name().replaceFirst("^(Amazon|AWS|Application) (?=[A-Z])", "");
    }

    private Optional<Rail> rail() {
        if (entered.size() < 2) {
            return Optional.empty();
        }
        int edge = shape.rightBox() + shape.boxWidth();
        int line = edge + shape.padding() + shape.rail() / 2;
        String services = entered.stream()
                .skip(1)
                .map(middle -> "M" + line + " " + middle + "H" + (edge + 6))
                .collect(Collectors.joining());
        String tips = entered.stream()
                .skip(1)
                .map(middle -> "M" + Svg.number(edge + 1) + " " + middle + "l6 -3.5v7z")
                .collect(Collectors.joining());
        return Optional.of(new Rail(
                "M" + edge + " " + entered.getFirst() + "H" + line + "V" + entered.getLast() + services, tips));
    }
}
