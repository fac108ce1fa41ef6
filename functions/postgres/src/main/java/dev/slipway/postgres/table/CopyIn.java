package dev.slipway.postgres.table;

import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.session.Wire;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code COPY … FROM STDIN}, one after the other, that frames are passed to as they are. No answer is waited for while more can be
 * sent: on a long line that would take longer than the rows. After a refusal the session is of no use any more, because the server
 * may wait for the rest of a frame.
 */
public final class CopyIn {
    private static final char[] ANSWERS = {Wire.COPY_IN_RESPONSE, Wire.COMMAND_COMPLETE, Wire.READY_FOR_QUERY};
    private final Wire wire;
    private final List<Long> arrived = new ArrayList<>();
    private final List<PostgresTable> begun = new ArrayList<>();
    private int answers;
    private long unread;

    public CopyIn(Wire wire) {
        this.wire = wire;
    }

    public void begin(PostgresTable table, RowFormat format) throws SQLException {
        while (unread > 0 && unread + answerTo(table) > RowQuestions.UNREAD_BYTES) {
            answer();
        }
        begun.add(table);
        unread += answerTo(table);
        wire.query("COPY " + table.qualified() + columns(table) + " FROM STDIN" + format.options());
    }

    /** A table without a column can have rows, and an empty list is no list. */
    private static String columns(PostgresTable table) {
        String columns = Sql.identifiers(table.stored());
        return columns.isEmpty() ? "" : " (" + columns + ")";
    }

    /** No more than that many bytes: two for each column, and the heads and tags of the three messages. */
    private static long answerTo(PostgresTable table) {
        return 64 + 2L * table.columns().size();
    }

    public void write(byte[] frames, int from, int length) throws SQLException {
        while (wire.hasAnswer()) {
            answer();
        }
        wire.sendRaw(frames, from, length);
    }

    public void done() throws SQLException {
        wire.send(Wire.COPY_DONE, new byte[0]);
    }

    /** Returns how many rows the server says it got by each. */
    public List<Long> await() throws SQLException {
        while (answers < begun.size() * ANSWERS.length) {
            answer();
        }
        wire.release();
        return arrived;
    }

    private void answer() throws SQLException {
        char expected = ANSWERS[answers % ANSWERS.length];
        PostgresTable table = begun.get(answers / ANSWERS.length);
        try {
            byte[] body = wire.expect(expected);
            if (expected == Wire.COMMAND_COMPLETE) {
                arrived.add(RowStream.count(body));
            }
        } catch (SQLException e) {
            throw PostgresFailure.about(table.name(), e);
        }
        answers++;
        if (expected == Wire.READY_FOR_QUERY) {
            unread -= answerTo(table);
        }
    }
}
