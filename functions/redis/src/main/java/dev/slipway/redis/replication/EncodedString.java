package dev.slipway.redis.replication;

import java.nio.ByteBuffer;

/** Strings as RDB writes them: a length and the bytes, a number, or compressed (see rdbLoadLenByRef in rdb.c). */
final class EncodedString {
    private static final int COMPRESSED = 3;

    private EncodedString() {}

    /** Where the string ends that begins there. */
    static int end(byte[] bytes, int start) {
        int first = bytes[start] & 0xff;
        if (first >> 6 < 3) {
            return afterLength(bytes, start) + length(bytes, start);
        }
        int encoding = first & 0x3f;
        if (encoding < COMPRESSED) {
            return start + 1 + (1 << encoding);
        }
        int size = length(bytes, start + 1);
        return afterLength(bytes, afterLength(bytes, start + 1)) + size;
    }

    private static int afterLength(byte[] bytes, int at) {
        return switch ((bytes[at] & 0xff) >> 6) {
            case 0 -> at + 1;
            case 1 -> at + 2;
            default -> (bytes[at] & 0xff) == 0x81 ? at + 9 : at + 5;
        };
    }

    private static int length(byte[] bytes, int at) {
        int end = afterLength(bytes, at);
        return switch (end - at) {
            case 1 -> bytes[at] & 0x3f;
            case 2 -> ByteBuffer.wrap(bytes).getShort(at) & 0x3fff;
            // What is kept at once has no more than 32 bits of length, with which those of 64 end.
            default -> ByteBuffer.wrap(bytes).getInt(end - Integer.BYTES);
        };
    }
}
