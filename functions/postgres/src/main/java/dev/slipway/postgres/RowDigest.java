package dev.slipway.postgres;

import dev.slipway.migration.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.copy.CopyOut;

/**
 * A digest of rows whatever their order: the sum of their SHA-256 modulo 2^256. Unlike an XOR it counts a row that is there twice.
 * Not for several threads.
 */
final class RowDigest {
    private static final int WORDS = 4;
    private final MessageDigest sha256 = Sha256.digest();
    private final long[] sum = new long[WORDS];
    private long rows;
    private long bytes;

    void add(byte[] row) {
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(row));
        long carry = 0;
        for (int word = WORDS - 1; word >= 0; word--) {
            long before = sum[word];
            long with = before + hash.getLong(word * Long.BYTES);
            long total = with + carry;
            boolean over = Long.compareUnsigned(with, before) < 0 || Long.compareUnsigned(total, with) < 0;
            sum[word] = total;
            carry = over ? 1 : 0;
        }
        rows++;
        bytes += row.length;
    }

    /** Reads the rows of a {@code FROM …}, and tells each of them. */
    static RowDigest read(PostgresSession session, List<String> columns, String rows, Consumer<RowDigest> told)
            throws SQLException {
        RowDigest digest = new RowDigest();
        CopyOut out = session.copies().copyOut("COPY (SELECT " + Sql.identifiers(columns) + rows + ") TO STDOUT");
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            digest.add(row);
            told.accept(digest);
        }
        return digest;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** 64 hexadecimal digits. */
    String hex() {
        ByteBuffer all = ByteBuffer.allocate(WORDS * Long.BYTES);
        for (long word : sum) {
            all.putLong(word);
        }
        return HexFormat.of().formatHex(all.array());
    }
}
