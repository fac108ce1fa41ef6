package dev.slipway.postgres;

import dev.slipway.migration.Sha256;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Copies a database's large objects with their numbers, and tells their content. */
final class LargeObjects {
    private static final int PIECE = 1 << 20;

    /** Opens it for writing (0x20000), which lasts until the transaction ends, and takes its content away. */
    private static final String EMPTY = "SELECT lo_truncate64(lo_open(?::oid, 131072), 0)";

    private final PostgresSession source;
    private final PostgresSession target;

    LargeObjects(PostgresSession source, PostgresSession target) {
        this.source = source;
        this.target = target;
    }

    void copy() throws SQLException {
        for (long object : numbers(source)) {
            target.query("SELECT lo_create(?::oid)", row -> row.getLong(1), object);
            write(object);
        }
    }

    /** Makes the given ones as they are on the source; one that is on both sides keeps its owner and its privileges. */
    void replace(Set<Long> objects) throws SQLException {
        Set<Long> onSource = new HashSet<>(numbers(source));
        Set<Long> onTarget = new HashSet<>(numbers(target));
        for (long object : objects) {
            if (!onSource.contains(object)) {
                target.query("SELECT lo_unlink(?::oid)", row -> row.getInt(1), object);
            } else {
                target.query(
                        onTarget.contains(object) ? EMPTY : "SELECT lo_create(?::oid)", row -> row.getLong(1), object);
                write(object);
            }
        }
    }

    private void write(long object) throws SQLException {
        read(
                source,
                object,
                (offset, piece) -> target.query("SELECT lo_put(?::oid, ?, ?)", row -> offset, object, offset, piece));
    }

    /** The SHA-256 of each, by its number. */
    static Map<Long, String> digests(PostgresSession session) throws SQLException {
        Map<Long, String> digests = new TreeMap<>();
        for (long object : numbers(session)) {
            MessageDigest digest = Sha256.digest();
            read(session, object, (offset, piece) -> digest.update(piece));
            digests.put(object, HexFormat.of().formatHex(digest.digest()));
        }
        return digests;
    }

    private static List<Long> numbers(PostgresSession session) throws SQLException {
        return session.query("SELECT oid FROM pg_largeobject_metadata ORDER BY oid", row -> row.getLong(1));
    }

    private static void read(PostgresSession session, long object, Piece each) throws SQLException {
        long offset = 0;
        byte[] piece;
        do {
            piece = session.only("SELECT lo_get(?::oid, ?, ?)", row -> row.getBytes(1), object, offset, PIECE);
            each.take(offset, piece);
            offset += piece.length;
        } while (piece.length == PIECE);
    }

    /** Takes a piece of a large object. */
    @FunctionalInterface
    private interface Piece {
        void take(long offset, byte[] content) throws SQLException;
    }
}
