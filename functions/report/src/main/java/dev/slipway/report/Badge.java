package dev.slipway.report;

import dev.slipway.migration.ShiftDecision;
import java.util.Optional;

/** A word with a tone, which is a colour and a mark; the word alone carries the meaning, for those who see neither. */
public record Badge(String text, String tone) {
    public static final String GOOD = "good";
    public static final String FAIR = "fair";
    public static final String BAD = "bad";
    public static final String PLAIN = "plain";

    static Badge of(Report.Outcome outcome) {
        return switch (outcome) {
            case COMPLETE -> new Badge("Complete", GOOD);
            case ROLLED_BACK -> new Badge("Rolled back", FAIR);
            case FAILED -> new Badge("Failed", BAD);
        };
    }

    /** The only state that is not over when a report is written is the one in which it is. */
    static Badge of(Optional<StateVisit.Ending> ending) {
        return ending.map(it -> switch (it) {
                    case OK -> new Badge("ok", GOOD);
                    case FAILED -> new Badge("failed", BAD);
                    case ABORTED -> new Badge("aborted", FAIR);
                })
                .orElseGet(() -> new Badge("writing this", PLAIN));
    }

    static Badge of(CopyReport.Outcome outcome) {
        return switch (outcome) {
            case COPIED -> new Badge("copied", GOOD);
            case SKIPPED -> new Badge("skipped", PLAIN);
            case STOPPED -> new Badge("stopped", BAD);
        };
    }

    static Badge of(CompareReport.Outcome outcome) {
        return switch (outcome) {
            case SAME -> new Badge("same", GOOD);
            case DIFFERENT -> new Badge("different", BAD);
            case UNKNOWN -> new Badge("unknown", FAIR);
        };
    }

    static Badge of(ShiftDecision.Decision decision) {
        return switch (decision) {
            case RAISE -> new Badge("set", PLAIN);
            case GO -> new Badge("go on", GOOD);
            case WAIT -> new Badge("wait", PLAIN);
            case STOP -> new Badge("stop", BAD);
            case RETURN -> new Badge("taken back", FAIR);
        };
    }
}
