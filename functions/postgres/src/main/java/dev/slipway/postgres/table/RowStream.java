package dev.slipway.postgres.table;

import dev.slipway.postgres.session.Wire;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Reads the answer to a {@code COPY … TO STDOUT} as the frames that it comes in: a server sends each row as a message of its own, CopyData. */
final class RowStream {
    private final Wire wire;
    private final Rows rows;
    private final Frames frames;
    /** What the frame that began is still to bring. */
    private long missing;

    RowStream(Wire wire, Rows rows, Frames frames) {
        this.wire = wire;
        this.rows = rows;
        this.frames = frames;
    }

    /** Is told each row, the larger ones in parts. */
    interface Rows {
        void begin(int length);

        void part(byte[] buffer, int from, int length);

        void end();
    }

    /** Takes frames as they come, of which the last may go on in the next. */
    @FunctionalInterface
    public interface Frames {
        void take(byte[] buffer, int from, int length) throws SQLException;
    }

    /** Reads the answer to the next statement that was sent, and returns how many rows the server says it sent. */
    public long read() throws SQLException {
        wire.expect(Wire.COPY_OUT_RESPONSE);
        while (frames()) {
            wire.fill();
        }
        wire.expect(Wire.COPY_DONE);
        long sent = count(wire.expect(Wire.COMMAND_COMPLETE));
        wire.expect(Wire.READY_FOR_QUERY);
        return sent;
    }

    /** The number in {@code COPY 42}. */
    static long count(byte[] tag) throws SQLException {
        String text = new String(tag, StandardCharsets.UTF_8).trim();
        try {
            return Long.parseLong(text.substring(text.indexOf(' ') + 1));
        } catch (NumberFormatException e) {
            throw new PSQLException("a copy ended with " + text, PSQLState.PROTOCOL_VIOLATION, e);
        }
    }

    /** Passes on what the buffer holds; false when something else than a frame is next. */
    private boolean frames() throws SQLException {
        byte[] buffer = wire.buffer();
        int begin = wire.position();
        int at = begin;
        boolean other = false;
        while (at < wire.limit() && !other) {
            if (missing > 0) {
                at += part(buffer, at);
            } else if (wire.limit() - at < Wire.HEAD) {
                break;
            } else if (buffer[at] == Wire.COPY_DATA) {
                begin(wire.length(at));
                at += Wire.HEAD;
            } else {
                other = true;
            }
        }
        if (at > begin) {
            frames.take(buffer, begin, at - begin);
            wire.consume(at - begin);
        }
        return !other || wire.skipAsides() == Wire.COPY_DATA;
    }

    private void begin(int length) {
        missing = length;
        rows.begin(length);
        if (length == 0) {
            rows.end();
        }
    }

    private int part(byte[] buffer, int at) {
        int part = (int) Math.min(missing, wire.limit() - at);
        rows.part(buffer, at, part);
        missing -= part;
        if (missing == 0) {
            rows.end();
        }
        return part;
    }
}
