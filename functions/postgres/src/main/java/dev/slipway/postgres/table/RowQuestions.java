package dev.slipway.postgres.table;

import dev.slipway.postgres.session.Wire;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
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
    private int asked;
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

    /** Asks for all of them, and has each answer read in its turn. */
    public void read(Reader reader) throws SQLException {
        for (TableChunk chunk : chunks) {
            askAhead();
            reader.read(chunk, rows.apply(chunk));
            unread -= length(question(chunk));
        }
        wire.release();
    }

    private void askAhead() throws SQLException {
        while (asked < chunks.size()) {
            String question = question(chunks.get(asked));
            long length = length(question);
            if (unread > 0 && unread + length > UNREAD_BYTES) {
                return;
            }
            wire.query(question);
            unread += length;
            asked++;
        }
    }

    private String question(TableChunk chunk) {
        return rows.apply(chunk).question(chunk.rows());
    }

    private static int length(String question) {
        return question.getBytes(StandardCharsets.UTF_8).length;
    }
}
