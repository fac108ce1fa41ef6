package dev.slipway.objects.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final long[][] TABLES = tables();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long state = -1;

    public static String of(byte[] bytes) {
        Crc64 crc = new Crc64();
        crc.update(bytes, 0, bytes.length);
        return crc.text();
    }

    @Override
    public void update(int value) {
        state = TABLES[0][(int) (state ^ value) & 0xFF] ^ (state >>> 8);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        long crc = state;
        int at = offset;
        int end = offset + length;
        for (; at + AT_ONCE <= end; at += AT_ONCE) {
            crc = eight((long) LONGS.get(bytes, at) ^ crc, 8) ^ eight((long) LONGS.get(bytes, at + 8), 0);
        }
        for (; at < end; at++) {
            crc = TABLES[0][(int) (crc ^ bytes[at]) & 0xFF] ^ (crc >>> 8);
        }
        state = crc;
    }

    private static long eight(long word, int further) {
        return TABLES[further + 7][(int) word & 0xFF]
                ^ TABLES[further + 6][(int) (word >>> 8) & 0xFF]
                ^ TABLES[further + 5][(int) (word >>> 16) & 0xFF]
                ^ TABLES[further + 4][(int) (word >>> 24) & 0xFF]
                ^ TABLES[further + 3][(int) (word >>> 32) & 0xFF]
                ^ TABLES[further + 2][(int) (word >>> 40) & 0xFF]
                ^ TABLES[further + 1][(int) (word >>> 48) & 0xFF]
                ^ TABLES[further][(int) (word >>> 56)];
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
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

    private static long[][] tables() {
        long[][] tables = new long[AT_ONCE][256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            tables[0][value] = crc;
        }
        for (int table = 1; table < AT_ONCE; table++) {
            for (int value = 0; value < 256; value++) {
                long before = tables[table - 1][value];
                tables[table][value] = tables[0][(int) before & 0xFF] ^ (before >>> 8);
            }
        }
        return tables;
    }
}
