package dev.slipway.objects.session;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.Checksum;

/**
 * CRC64NVME, S3's checksum of whole objects: of parts that were read side by side it can be put together. Sixteen bytes at a time by
 * tables, because Java has no instruction for it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">S3's checksums</a>
 */
public final class Crc64 implements Checksum {
    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final int AT_ONCE = 16;
    private static final long[] TABLES = tables();

    private long state = -1;

    public static String of(byte[] bytes) {
        Crc64 crc = new Crc64();
        crc.update(bytes, 0, bytes.length);
        return crc.text();
    }

    @Override
    public void update(int value) {
        state = TABLES[(int) (state ^ value) & 0xFF] ^ (state >>> 8);
    }

    /** By bytes, and by one table after the other in one array: either compiler makes more of that than of longs and of arrays of arrays. */
    @Override
    public void update(byte[] bytes, int offset, int length) {
        long[] table = TABLES;
        long crc = state;
        int at = offset;
        int end = offset + length;
        for (; at + AT_ONCE <= end; at += AT_ONCE) {
            crc = table[0xF00 + ((int) (crc ^ bytes[at]) & 0xFF)]
                    ^ table[0xE00 + ((int) ((crc >>> 8) ^ bytes[at + 1]) & 0xFF)]
                    ^ table[0xD00 + ((int) ((crc >>> 16) ^ bytes[at + 2]) & 0xFF)]
                    ^ table[0xC00 + ((int) ((crc >>> 24) ^ bytes[at + 3]) & 0xFF)]
                    ^ table[0xB00 + ((int) ((crc >>> 32) ^ bytes[at + 4]) & 0xFF)]
                    ^ table[0xA00 + ((int) ((crc >>> 40) ^ bytes[at + 5]) & 0xFF)]
                    ^ table[0x900 + ((int) ((crc >>> 48) ^ bytes[at + 6]) & 0xFF)]
                    ^ table[0x800 + ((int) ((crc >>> 56) ^ bytes[at + 7]) & 0xFF)]
                    ^ table[0x700 + (bytes[at + 8] & 0xFF)]
                    ^ table[0x600 + (bytes[at + 9] & 0xFF)]
                    ^ table[0x500 + (bytes[at + 10] & 0xFF)]
                    ^ table[0x400 + (bytes[at + 11] & 0xFF)]
                    ^ table[0x300 + (bytes[at + 12] & 0xFF)]
                    ^ table[0x200 + (bytes[at + 13] & 0xFF)]
                    ^ table[0x100 + (bytes[at + 14] & 0xFF)]
                    ^ table[bytes[at + 15] & 0xFF];
        }
        for (; at < end; at++) {
            crc = table[(int) (crc ^ bytes[at]) & 0xFF] ^ (crc >>> 8);
        }
        state = crc;
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }

    /** One that goes on from here by itself. */
    public Crc64 copy() {
        Crc64 copy = new Crc64();
        copy.state = state;
        return copy;
    }

    /** As S3 writes it. */
    public String text() {
        return text(getValue());
    }

    public static String text(long value) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** The checksum of two runs of bytes, one after the other. */
    public static long joined(long first, long second, long secondBytes) {
        long power = Long.MIN_VALUE >>> 8;
        long factor = Long.MIN_VALUE;
        for (long left = secondBytes; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                factor = product(factor, power);
            }
            power = product(power, power);
        }
        return product(first, factor) ^ second;
    }

    /** Of polynomials, modulo the one of this checksum; the highest bit is the lowest power. */
    private static long product(long left, long right) {
        long product = 0;
        long shifted = right;
        for (long bit = Long.MIN_VALUE; bit != 0; bit >>>= 1) {
            if ((left & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
        }
        return product;
    }

    /** Of each value of a byte: what it does at the end, then what it does one byte before it, and so on. */
    private static long[] tables() {
        long[] tables = new long[AT_ONCE * 256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            tables[value] = crc;
        }
        for (int at = 256; at < tables.length; at++) {
            long before = tables[at - 256];
            tables[at] = tables[(int) before & 0xFF] ^ (before >>> 8);
        }
        return tables;
    }
}
