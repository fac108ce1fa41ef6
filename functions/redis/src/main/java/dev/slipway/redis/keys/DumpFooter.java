package dev.slipway.redis.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The last ten bytes of what DUMP gives: two of the version of its format, then a CRC-64 over all before. RESTORE takes its own
 * version or an older one (see verifyDumpPayload in cluster.c).
 */
public final class DumpFooter {
    public static final int LENGTH = 10;
    private static final long POLYNOMIAL = 0x95ac9329ac4bc9b5L;
    private static final long[] TABLE = table();

    /** Types of rdb.h whose form has been the same since Redis 4: string, set, hash, sorted set, module, set of integers. */
    private static final long UNCHANGED = 1L | 1L << 2 | 1L << 4 | 1L << 5 | 1L << 7 | 1L << 11;

    private DumpFooter() {}

    public static int version(byte[] payload) {
        return Short.toUnsignedInt(
                ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getShort(payload.length - LENGTH));
    }

    /** Whether a server of an older version can read it, too, once the version is written anew. */
    public static boolean isUnchanged(byte[] payload) {
        return payload[0] >= 0 && payload[0] < Long.SIZE && (UNCHANGED >> payload[0] & 1) == 1;
    }

    /** The same value under another version. */
    public static byte[] rewrite(byte[] payload, int version) {
        byte[] rewritten = payload.clone();
        ByteBuffer footer = ByteBuffer.wrap(rewritten).order(ByteOrder.LITTLE_ENDIAN);
        footer.putShort(payload.length - LENGTH, (short) version);
        footer.putLong(payload.length - Long.BYTES, checksum(rewritten, payload.length - Long.BYTES));
        return rewritten;
    }

    private static long checksum(byte[] bytes, int length) {
        long crc = 0;
        for (int i = 0; i < length; i++) {
            crc = TABLE[(int) (crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
        }
        return crc;
    }

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
