package dev.slipway.postgres.table;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Wire;
import java.sql.SQLException;

/** Hands over the rows of a query one by one, as COPY's text format writes them. */
public final class TextLines implements RowStream.Rows {
    private final Taker taker;
    private byte[] line = {};
    private int filled;

    private TextLines(Taker taker) {
        this.taker = taker;
    }

    /** Takes one row after the other. */
    @FunctionalInterface
    public interface Taker {
        void take(byte[] line);
    }

    public static void read(PostgresSession session, String query, RowFormat format, Taker taker) throws SQLException {
        Wire wire = session.wire();
        wire.query("COPY (" + query + ") TO STDOUT" + format.asText().options());
        new RowStream(wire, new TextLines(taker), (frames, from, length) -> {}).read();
        wire.release();
    }

    @Override
    public void begin(int length) {
        line = new byte[length];
        filled = 0;
    }

    @Override
    public void part(byte[] buffer, int from, int length) {
        System.arraycopy(buffer, from, line, filled, length);
        filled += length;
    }

    @Override
    public void end() {
        taker.take(line);
    }
}
