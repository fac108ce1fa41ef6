package dev.slipway.report;

import java.util.Locale;

/** Numbers as SVG wants them, whatever the locale. */
final class Svg {
    private Svg() {}

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
