package dev.slipway.postgres.table;

import dev.slipway.migration.Sha256;
import dev.slipway.postgres.session.PostgresSession;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/** Copies a database's large objects with their numbers, and tells their content: most are small, and many go in one message. */
public final class LargeObjects {
    private static final int MANY = 200;
    private static final int BEGINNING = 1 << 16;
    private static final int PIECE = 1 << 20;

    /** Opens it for writing (0x20000), which lasts until the transaction ends, and takes its content away. */
    private static final String EMPTY = "SELECT lo_truncate64(lo_open(?::oid, 131072), 0)";

    private final PostgresSession source;
    private final PostgresSession target;

    public LargeObjects(PostgresSession source, PostgresSession target) {
        this.source = source;
        this.target = target;
    }

    public void copy() throws SQLException {
        read(source, (numbers, beginnings) -> {
            target.query(
                    "SELECT lo_from_bytea(number, content) FROM unnest(?::oid[], ?::bytea[]) AS many (number, content)",
                    row -> row.getLong(1),
                    array(numbers),
                    beginnings.toArray(byte[][]::new));
            for (int i = 0; i < numbers.size(); i++) {
                rest(source, numbers.get(i), beginnings.get(i), put(numbers.get(i)));
            }
        });
    }

    /** Makes the given ones as they are on the source; one that is on both sides keeps its owner and its privileges. */
    public void replace(Set<Long> objects) throws SQLException {
        Set<Long> onSource = new HashSet<>(numbers(source));
        Set<Long> onTarget = new HashSet<>(numbers(target));
        for (long object : objects) {
            if (!onSource.contains(object)) {
                target.query("SELECT lo_unlink(?::oid)", row -> row.getInt(1), object);
            } else {
                target.query(
                        onTarget.contains(object) ? EMPTY : "SELECT lo_create(?::oid)", row -> row.getLong(1), object);
                pieces(source, object, 0, put(object));
            }
        }
    }

    private Piece put(long object) {
        return (offset, piece) -> target.query("SELECT lo_put(?::oid, ?, ?)", row -> 1, object, offset, piece);
    }

    /** The SHA-256 of each, by its number. */
    public static Map<Long, String> digests(PostgresSession session) throws SQLException {
        Map<Long, String> digests = new TreeMap<>();
        read(session, (numbers, beginnings) -> {
            for (int i = 0; i < numbers.size(); i++) {
                MessageDigest digest = Sha256.digest();
                digest.update(beginnings.get(i));
                rest(session, numbers.get(i), beginnings.get(i), (offset, piece) -> digest.update(piece));
                digests.put(numbers.get(i), HexFormat.of().formatHex(digest.digest()));
            }
        });
        return digests;
    }

    private static void read(PostgresSession session, Many each) throws SQLException {
        for (List<Long> numbers :
                numbers(session).stream().gather(Gatherers.windowFixed(MANY)).toList()) {
            each.take(numbers, beginnings(session, numbers));
        }
    }

    private static List<Long> numbers(PostgresSession session) throws SQLException {
        return session.query("SELECT oid FROM pg_largeobject_metadata ORDER BY oid", row -> row.getLong(1));
    }

    private static List<byte[]> beginnings(PostgresSession session, List<Long> numbers) throws SQLException {
        return session.query(
                "SELECT lo_get(number, 0, ?) FROM unnest(?::oid[]) WITH ORDINALITY AS many (number, place) ORDER BY place",
                row -> row.getBytes(1),
                BEGINNING,
                array(numbers));
    }

    private static String array(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    /** What comes after the beginning, if that is not all. */
    private static void rest(PostgresSession session, long number, byte[] beginning, Piece each) throws SQLException {
        if (beginning.length == BEGINNING) {
            pieces(session, number, beginning.length, each);
        }
    }

    private static void pieces(PostgresSession session, long number, long from, Piece each) throws SQLException {
        long offset = from;
        byte[] piece;
        do {
            piece = session.only("SELECT lo_get(?::oid, ?, ?)", row -> row.getBytes(1), number, offset, PIECE);
            each.take(offset, piece);
            offset += piece.length;
        } while (piece.length == PIECE);
    }

    /** Takes some large objects, and the beginning of each. */
    @FunctionalInterface
    private interface Many {
        void take(List<Long> numbers, List<byte[]> beginnings) throws SQLException;
    }

    /** Takes a piece of a large object. */
    @FunctionalInterface
    private interface Piece {
        void take(long offset, byte[] content) throws SQLException;
    }
}
