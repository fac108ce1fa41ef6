package dev.slipway.local.terminal;

import dev.slipway.migration.Progress;
import dev.slipway.report.StateVisit;
import dev.slipway.report.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines, as one would read them aloud. */
final class Wording {
    private static final String GAP = "  ";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final Duration AT_LEAST = Duration.ofSeconds(1);

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

    static String shifted(Event.Shifted shifted) {
        String errors = shifted.errorShare()
                .map(it -> Units.percent(it) + " of its requests failed")
                .orElse("its errors are not measured yet");
        return line(shifted.state(), shifted.weight() + " % of the traffic goes to the new side", errors);
    }

    /** @param width of the longest name of a store, so that the amounts stand in a column */
    static String amount(Meter meter, int width) {
        List<String> parts = amounts(meter, width);
        meter.speed().ifPresent(speed -> parts.add(speed(meter, speed)));
        meter.left().ifPresent(left -> parts.add("about " + left(left) + " left"));
        return line(parts.toArray(String[]::new));
    }

    /** How far a store came whose state is over. */
    static String reached(Meter meter, int width) {
        return line(amounts(meter, width).toArray(String[]::new));
    }

    private static List<String> amounts(Meter meter, int width) {
        List<String> parts = new ArrayList<>();
        parts.add(padRight(meter.store(), width));
        Progress.Amount amount = meter.amount();
        if (amount.bytes() > 0 || amount.ofBytes() > 0) {
            parts.add(of(Units.bytes(amount.bytes()), "", amount.ofBytes() > 0 ? Units.bytes(amount.ofBytes()) : ""));
        }
        if (amount.items() > 0 || amount.ofItems() > 0) {
            String noun = " " + Units.noun(meter.kind(), Math.max(amount.items(), amount.ofItems()));
            parts.add(of(Units.count(amount.items()), noun, amount.ofItems() > 0 ? Units.count(amount.ofItems()) : ""));
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

    private static String speed(Meter meter, Rate.Speed speed) {
        return meter.amount().bytes() > 0
                ? Units.bytesPerSecond(speed.bytes())
                : Units.count(Math.round(speed.items())) + " " + Units.noun(meter.kind(), 2) + "/s";
    }

    private static String left(Duration left) {
        Duration whole = left.compareTo(AT_LEAST) < 0 ? AT_LEAST : left.plusMillis(500);
        return Units.duration(Duration.ofSeconds(whole.toSeconds())).replace(".0 s", " s");
    }

    private static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
