package dev.slipway.report;

import java.util.Locale;

/** Numbers as SVG wants them, whatever the locale. */
public final class Svg {
    private Svg() {}

    public static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
