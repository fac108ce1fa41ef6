package dev.slipway.postgres.compare;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Where a row is in its table, as one number: the server's ctid, which stays valid for as long as the snapshot that showed it. */
public final class RowPlace {
    /** There is no such row. */
    static final long NONE = -1;

    private static final int OFFSET_BITS = 16;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

    private RowPlace() {}

    /** Reads {@code (block,offset)} at the beginning of a line, up to its closing bracket. */
    static long parse(byte[] line) {
        long block = 0;
        long number = 0;
        for (int i = 1; line[i] != ')'; i++) {
            if (line[i] == ',') {
                block = number;
                number = 0;
            } else {
                number = number * 10 + line[i] - '0';
            }
        }
        return (block << OFFSET_BITS) | number;
    }

    /** {@code ctid = …}, which the server answers without reading anything else. */
    public static String condition(long... places) {
        return " ctid = ANY ('{"
                + Arrays.stream(places).mapToObj(RowPlace::text).collect(Collectors.joining(",")) + "}'::tid[])";
    }

    private static String text(long place) {
        return "\"(" + (place >>> OFFSET_BITS) + "," + (place & OFFSET_MASK) + ")\"";
    }
}
