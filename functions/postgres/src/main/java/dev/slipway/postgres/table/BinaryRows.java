package dev.slipway.postgres.table;

/**
 * The rows in frames of COPY's binary format, without the header, which comes with the first row, and without the trailer, which
 * comes as a row: https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
 */
final class BinaryRows implements RowStream.Rows {
    /** Signature, flags, and the length of an extension that no server writes. */
    private static final int HEADER = 19;

    private static final int TRAILER = 2;
    private final RowStream.Rows rows;
    private boolean first = true;
    private int skipped;
    private boolean row;

    BinaryRows(RowStream.Rows rows) {
        this.rows = rows;
    }

    @Override
    public void begin(int length) {
        skipped = first ? Math.min(HEADER, length) : 0;
        first = false;
        int rest = length - skipped;
        row = rest > TRAILER;
        if (row) {
            rows.begin(rest);
        }
    }

    @Override
    public void part(byte[] buffer, int from, int length) {
        int ignored = Math.min(skipped, length);
        skipped -= ignored;
        if (row && length > ignored) {
            rows.part(buffer, from + ignored, length - ignored);
        }
    }

    @Override
    public void end() {
        if (row) {
            rows.end();
        }
    }
}
