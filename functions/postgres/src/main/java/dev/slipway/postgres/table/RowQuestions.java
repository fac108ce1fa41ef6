package dev.slipway.postgres.table;

import dev.slipway.postgres.session.Wire;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Asks for the rows of several parts of tables before the first answer has come: on a long line waiting for each would take longer
 * than the rows. What is asked ahead must fit on the line while nobody reads it, because a server whose answers are not read reads no
 * questions either.
 */
public final class RowQuestions {
    /** Half of what a socket's end holds by default for a program that does not read. */
    static final int UNREAD_BYTES = 32 * 1024;

    private final Wire wire;
    private final List<TableChunk> chunks;
    private final Function<TableChunk, TableRows> rows;
    private final Deque<Asked> asked = new ArrayDeque<>();
    private long unread;

    /** @param rows what is asked for of each part */
    public RowQuestions(Wire wire, List<TableChunk> chunks, Function<TableChunk, TableRows> rows) {
        this.wire = wire;
        this.chunks = chunks;
        this.rows = rows;
    }

    /** Reads the rows of one part, all of them. */
    @FunctionalInterface
    public interface Reader {
        void read(TableChunk chunk, TableRows rows) throws SQLException;
    }

    /** A part whose rows are on their way, or about to be asked for. */
    private record Asked(TableChunk chunk, TableRows rows, String question, int length) {
        static Asked of(TableChunk chunk, TableRows rows) {
            String question = rows.question(chunk.rows());
            return new Asked(chunk, rows, question, question.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    /** Asks for all of them, and has each answer read in its turn. */
    public void read(Reader reader) throws SQLException {
        for (TableChunk chunk : chunks) {
            Asked next = Asked.of(chunk, rows.apply(chunk));
            while (unread > 0 && unread + next.length > UNREAD_BYTES) {
                answer(reader);
            }
            ask(next);
        }
        while (!asked.isEmpty()) {
            answer(reader);
        }
        wire.release();
    }

    private void ask(Asked next) throws SQLException {
        wire.query(next.question);
        unread += next.length;
        asked.add(next);
    }

    private void answer(Reader reader) throws SQLException {
        Asked first = asked.remove();
        reader.read(first.chunk, first.rows);
        unread -= first.length;
    }
}
