package dev.slipway.migration;

import java.util.Locale;

/** Bytes as a person reads them. */
public final class Bytes {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Bytes() {}

    /** Decimal units with one digit, e.g. {@code 61.2 MB}; plain bytes below 1 kB. */
    public static String text(double bytes) {
        return text(bytes, 1);
    }

    /** @param digits after the point, from 1 kB on */
    public static String text(double bytes, int digits) {
        int unit = 0;
        double value = bytes;
        while (value >= (unit == 0 ? 1000 : 999.95) && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%." + (unit == 0 ? 0 : digits) + "f %s", value, UNITS[unit]);
    }
}
