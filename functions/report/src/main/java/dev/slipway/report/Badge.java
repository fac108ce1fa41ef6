package dev.slipway.report;

import java.util.Optional;

/** A word with a tone; the word alone carries the meaning, for those who see no colour. */
record Badge(String text, String tone) {
    private static final String GOOD = "good";
    private static final String FAIR = "fair";
    private static final String BAD = "bad";
    private static final String PLAIN = "plain";

    static Badge of(Report.Outcome outcome) {
        return switch (outcome) {
            case COMPLETE -> new Badge("Complete", GOOD);
            case ROLLED_BACK -> new Badge("Rolled back", FAIR);
            case FAILED -> new Badge("Failed", BAD);
        };
    }

    static Badge of(Optional<StateVisit.Ending> ending) {
        return ending.map(it -> switch (it) {
                    case OK -> new Badge("ok", GOOD);
                    case FAILED -> new Badge("failed", BAD);
                    case ABORTED -> new Badge("aborted", FAIR);
                })
                .orElseGet(() -> new Badge("at work", PLAIN));
    }

    static Badge of(CopyReport.Outcome outcome) {
        return switch (outcome) {
            case COPIED -> new Badge("copied", GOOD);
            case SKIPPED -> new Badge("skipped", PLAIN);
        };
    }

    static Badge of(CompareReport.Outcome outcome) {
        return switch (outcome) {
            case SAME -> new Badge("same", GOOD);
            case DIFFERENT -> new Badge("different", BAD);
            case UNKNOWN -> new Badge("unknown", FAIR);
        };
    }

    static Badge of(WeightStep.Decision decision) {
        return switch (decision) {
            case RAISE -> new Badge("raise", GOOD);
            case WAIT -> new Badge("wait", PLAIN);
            case STOP -> new Badge("stop", BAD);
        };
    }
}
