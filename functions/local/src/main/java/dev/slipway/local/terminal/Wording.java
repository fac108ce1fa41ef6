package dev.slipway.local.terminal;

import dev.slipway.migration.Progress;
import dev.slipway.report.StateVisit;
import dev.slipway.report.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines, as one would read them aloud. */
final class Wording {
    private static final String GAP = "  ";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private Wording() {}

    static String started(Event.Entered entered) {
        return line(entered.state(), entered.tries() > 1 ? "started again, try " + entered.tries() : "started");
    }

    static String ended(String state, StateVisit.Ending ending, Duration took) {
        String time = Units.duration(took);
        return line(
                state,
                switch (ending) {
                    case OK -> "done in " + time;
                    case FAILED -> "failed after " + time;
                    case ABORTED -> "stopped after " + time;
                });
    }

    static String shifted(Shift shift, Instant now) {
        Event.Shifted shifted = shift.latest();
        List<String> parts = new ArrayList<>(List.of(shifted.weight() + " % of the traffic on the new side"));
        parts.add(shifted.errorShare()
                .map(it -> Units.percent(it) + " of it failed")
                .orElse("failures not measured yet"));
        shift.left(now).ifPresent(left -> parts.add(Units.left(left)));
        return line(parts.toArray(String[]::new));
    }

    /**
     * How far a store is.
     *
     * @param width of the longest name of a store, so that the amounts stand in a column
     */
    static String amount(Meter meter, int width, Detail detail, Instant now) {
        List<String> parts = new ArrayList<>();
        parts.add(padRight(meter.store(), width));
        boolean both = detail == Detail.FULL || detail == Detail.WITH_PART;
        parts.addAll(both ? amounts(meter) : amounts(meter).stream().limit(1).toList());
        if (detail != Detail.LEAST) {
            meter.speed().ifPresent(speed -> parts.add(Units.speed(meter.kind(), speed)));
        }
        meter.left(now).ifPresent(left -> parts.add(Units.left(left)));
        if (detail == Detail.WITH_PART && meter.speed().isPresent()) {
            parts.add(meter.amount().what());
        }
        return line(parts.toArray(String[]::new));
    }

    /** How much there is room for: what is at hand, both amounts, one of them, or not even the speed. */
    enum Detail {
        WITH_PART,
        FULL,
        SHORT,
        LEAST
    }

    /** How far a store came whose state is over. */
    static String reached(Meter meter, int width) {
        List<String> parts = new ArrayList<>(List.of(padRight(meter.store(), width)));
        parts.addAll(amounts(meter));
        return line(parts.toArray(String[]::new));
    }

    /** The one whose whole is known comes first. */
    private static List<String> amounts(Meter meter) {
        List<String> parts = new ArrayList<>();
        Progress.Amount amount = meter.amount();
        if (amount.items() > 0 || amount.ofItems() > 0) {
            String noun = " " + Units.noun(meter.kind(), Math.max(amount.items(), amount.ofItems()));
            parts.add(of(Units.count(amount.items()), noun, amount.ofItems() > 0 ? Units.count(amount.ofItems()) : ""));
        }
        if (amount.bytes() > 0 || amount.ofBytes() > 0) {
            boolean first = amount.ofBytes() > 0 || amount.ofItems() == 0;
            parts.add(
                    first ? 0 : parts.size(),
                    of(Units.bytes(amount.bytes()), "", amount.ofBytes() > 0 ? Units.bytes(amount.ofBytes()) : ""));
        }
        return parts;
    }

    static String line(String... parts) {
        return oneLine(String.join(GAP, parts));
    }

    /** What is from elsewhere must not move the cursor or break the line. */
    static String oneLine(String text) {
        return CONTROL.matcher(text).replaceAll(" ").stripTrailing();
    }

    private static String of(String done, String noun, String all) {
        return padLeft(done, all.length()) + noun + (all.isEmpty() ? "" : " of " + all);
    }

    private static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
