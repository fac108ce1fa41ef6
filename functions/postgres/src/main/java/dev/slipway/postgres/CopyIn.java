package dev.slipway.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code COPY … FROM STDIN}, one after the other, that frames are passed to as they are. No answer is waited for before all has been
 * sent: on a long line that would take longer than the rows. After a refusal the session is of no use any more, because the server
 * may wait for the rest of a frame.
 */
final class CopyIn {
    private static final char[] ANSWERS = {Wire.COPY_IN_RESPONSE, Wire.COMMAND_COMPLETE, Wire.READY_FOR_QUERY};
    private final Wire wire;
    private final List<Long> arrived = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();
    private int answers;

    CopyIn(Wire wire) {
        this.wire = wire;
    }

    /** @param table what a failure will be about */
    void begin(String table, String copy) throws SQLException {
        begun.add(table);
        wire.query(copy);
    }

    void write(byte[] frames, int from, int length) throws SQLException {
        while (wire.hasAnswer()) {
            answer();
        }
        wire.sendRaw(frames, from, length);
    }

    void done() throws SQLException {
        wire.send(Wire.COPY_DONE, new byte[0]);
    }

    /** Returns how many rows the server says it got by each. */
    List<Long> await() throws SQLException {
        while (answers < begun.size() * ANSWERS.length) {
            answer();
        }
        wire.release();
        return arrived;
    }

    private void answer() throws SQLException {
        char expected = ANSWERS[answers % ANSWERS.length];
        try {
            byte[] body = wire.expect(expected);
            if (expected == Wire.COMMAND_COMPLETE) {
                arrived.add(RowStream.count(body));
            }
        } catch (SQLException e) {
            throw PostgresFailure.about(begun.get(answers / ANSWERS.length), e);
        }
        answers++;
    }
}
