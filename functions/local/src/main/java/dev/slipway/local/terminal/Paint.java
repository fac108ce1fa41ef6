package dev.slipway.local.terminal;

import dev.slipway.report.StateVisit.Ending;

/** Marks, bars and colours, as far as the terminal has them. */
record Paint(boolean colour, boolean unicode) {
    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String YELLOW = "33";
    private static final String CYAN = "36";
    private static final String FAINT = "2";

    String mark(Ending ending) {
        return switch (ending) {
            case OK -> in(GREEN, unicode ? "✓" : "+");
            case FAILED -> in(RED, unicode ? "✗" : "x");
            case ABORTED -> in(YELLOW, unicode ? "■" : "-");
        };
    }

    String dot() {
        return in(CYAN, unicode ? "●" : "*");
    }

    String bar(double share, int width) {
        int full = (int) Math.floor(share * width);
        return in(CYAN, (unicode ? "█" : "#").repeat(full)) + in(FAINT, (unicode ? "░" : ".").repeat(width - full));
    }

    private String in(String code, String text) {
        return colour && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
