package dev.slipway.redis.keys;

import java.nio.ByteBuffer;

/** A DUMP payload of a string that is written as it is: with its length, neither as a number nor compressed. */
public final class PlainString {
    /** What {@link #start} says of everything else. */
    public static final int NONE = -1;

    private static final int STRING = 0;

    private PlainString() {}

    /** Where the string begins that goes on to the footer; {@link #NONE} where there is none. */
    public static int start(byte[] payload) {
        if (payload.length < 2 + DumpFooter.LENGTH || payload[0] != STRING) {
            return NONE;
        }
        int start = switch ((payload[1] & 0xff) >> 6) {
            case 0 -> 2;
            case 1 -> 3;
            case 2 -> 6;
            default -> payload.length;
        };
        return start + length(payload, start) == payload.length - DumpFooter.LENGTH ? start : NONE;
    }

    private static int length(byte[] payload, int start) {
        return switch (start) {
            case 2 -> payload[1] & 0x3f;
            case 3 -> ByteBuffer.wrap(payload).getShort(1) & 0x3fff;
            case 6 -> ByteBuffer.wrap(payload).getInt(2);
            default -> 0;
        };
    }
}
