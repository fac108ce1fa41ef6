package dev.slipway.redis.keys;

/**
 * The last ten bytes of what DUMP gives: two of the version of its format, then a CRC-64 over all before. RESTORE takes its own
 * version or an older one (see verifyDumpPayload in cluster.c).
 */
public final class DumpFooter {
    public static final int LENGTH = 10;
    private static final long POLYNOMIAL = 0x95ac9329ac4bc9b5L;
    /** By how many bytes follow within eight, and by the byte. */
    private static final long[][] TABLES = tables();

    /** Types of rdb.h whose form has been the same since Redis 4: string, set, hash, sorted set, module, set of integers. */
    private static final long UNCHANGED = 1L | 1L << 2 | 1L << 4 | 1L << 5 | 1L << 7 | 1L << 11;

    private DumpFooter() {}

    public static int version(byte[] payload) {
        int at = payload.length - LENGTH;
        return (payload[at] & 0xff) | ((payload[at + 1] & 0xff) << 8);
    }

    /** Whether a server of an older version can read it, too, once the version is written anew. */
    public static boolean isUnchanged(byte[] payload) {
        return payload[0] >= 0 && payload[0] < Long.SIZE && (UNCHANGED >> payload[0] & 1) == 1;
    }

    /** The same value under another version. */
    public static byte[] rewrite(byte[] payload, int version) {
        byte[] rewritten = payload.clone();
        write(rewritten, version);
        return rewritten;
    }

    /** Fills the last bytes of a payload for the value before them. */
    public static void write(byte[] payload, int version) {
        putLittleEndian(payload, payload.length - LENGTH, Short.BYTES, version);
        int end = payload.length - Long.BYTES;
        putLittleEndian(payload, end, Long.BYTES, checksum(payload, end));
    }

    private static void putLittleEndian(byte[] bytes, int at, int width, long number) {
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (number >>> (i * Byte.SIZE));
        }
    }

    /** Eight bytes at a time, as crcspeed.c has it. */
    private static long checksum(byte[] bytes, int length) {
        long crc = 0;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            crc = TABLES[7][(int) (crc ^ bytes[i]) & 0xff]
                    ^ TABLES[6][(int) ((crc >>> 8) ^ bytes[i + 1]) & 0xff]
                    ^ TABLES[5][(int) ((crc >>> 16) ^ bytes[i + 2]) & 0xff]
                    ^ TABLES[4][(int) ((crc >>> 24) ^ bytes[i + 3]) & 0xff]
                    ^ TABLES[3][(int) ((crc >>> 32) ^ bytes[i + 4]) & 0xff]
                    ^ TABLES[2][(int) ((crc >>> 40) ^ bytes[i + 5]) & 0xff]
                    ^ TABLES[1][(int) ((crc >>> 48) ^ bytes[i + 6]) & 0xff]
                    ^ TABLES[0][(int) ((crc >>> 56) ^ bytes[i + 7]) & 0xff];
        }
        for (; i < length; i++) {
            crc = TABLES[0][(int) (crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
        }
        return crc;
    }

    private static long[][] tables() {
        long[][] tables = new long[Long.BYTES][256];
        for (int i = 0; i < 256; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
            }
            tables[0][i] = crc;
        }
        for (int ahead = 1; ahead < Long.BYTES; ahead++) {
            for (int i = 0; i < 256; i++) {
                long before = tables[ahead - 1][i];
                tables[ahead][i] = tables[0][(int) before & 0xff] ^ (before >>> 8);
            }
        }
        return tables;
    }
}
