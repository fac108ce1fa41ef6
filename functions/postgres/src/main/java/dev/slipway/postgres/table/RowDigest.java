package dev.slipway.postgres.table;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.HexFormat;

/**
 * A digest of rows whatever their order: the sum of their XXH3 hashes modulo 2^128. Unlike an XOR it counts a row that is there twice.
 * It finds what went wrong, not what somebody forged. Not for several threads.
 */
public final class RowDigest implements RowStream.Rows {
    private static final int HALF = 16;
    private static final Hasher128 XXH3 = Hashing.xxh3_128();
    private final HashStream128 parts = XXH3.hashStream();
    private int missing;
    private boolean begun;
    private long high;
    private long low;
    private long rows;
    private long bytes;

    /** @param hex as {@link #hex} tells it */
    public static RowDigest of(long rows, long bytes, String hex) {
        RowDigest digest = new RowDigest();
        digest.rows = rows;
        digest.bytes = bytes;
        digest.high = HexFormat.fromHexDigitsToLong(hex, 0, HALF);
        digest.low = HexFormat.fromHexDigitsToLong(hex, HALF, 2 * HALF);
        return digest;
    }

    @Override
    public void begin(int length) {
        missing = length;
        begun = false;
        bytes += length;
    }

    @Override
    public void part(byte[] buffer, int from, int length) {
        if (!begun && length == missing) {
            add(XXH3.hashBytesTo128Bits(buffer, from, length));
            return;
        }
        if (!begun) {
            parts.reset();
            begun = true;
        }
        parts.putBytes(buffer, from, length);
        missing -= length;
        if (missing == 0) {
            add(parts.get());
        }
    }

    @Override
    public void end() {
        rows++;
    }

    public void add(byte[] row) {
        begin(row.length);
        part(row, 0, row.length);
        end();
    }

    /** The digest of both together. */
    public void add(RowDigest other) {
        add(other.high, other.low);
        rows += other.rows;
        bytes += other.bytes;
    }

    /** What is left without rows that were added. */
    public void subtract(RowDigest other) {
        boolean borrow = Long.compareUnsigned(low, other.low) < 0;
        low -= other.low;
        high -= other.high + (borrow ? 1 : 0);
        rows -= other.rows;
        bytes -= other.bytes;
    }

    private void add(HashValue128 hash) {
        add(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    private void add(long otherHigh, long otherLow) {
        low += otherLow;
        boolean carry = Long.compareUnsigned(low, otherLow) < 0;
        high += otherHigh + (carry ? 1 : 0);
    }

    public boolean isSame(RowDigest other) {
        return rows == other.rows && high == other.high && low == other.low;
    }

    public long rows() {
        return rows;
    }

    public long bytes() {
        return bytes;
    }

    /** 32 hexadecimal digits. */
    public String hex() {
        HexFormat digits = HexFormat.of();
        return digits.toHexDigits(high) + digits.toHexDigits(low);
    }
}
