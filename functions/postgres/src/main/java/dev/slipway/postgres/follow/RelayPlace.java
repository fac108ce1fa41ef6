package dev.slipway.postgres.follow;

import dev.slipway.postgres.fence.OurSchema;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * How far a stream has come that no subscription carries: a row on the side that follows, changed in the transactions that bring the
 * rows. It names its carrier, too, so that of two only the later one can write.
 */
final class RelayPlace {
    private RelayPlace() {}

    /** What makes it, for somebody's transaction. */
    static List<String> statements(ChangeStream stream, String place) {
        return List.of(
                Sql.file("follow/stream"),
                "INSERT INTO slipway.stream (name, place) VALUES (" + Sql.literal(stream.name()) + ", "
                        + Sql.literal(place) + ") ON CONFLICT (name) DO UPDATE SET place = excluded.place");
    }

    static boolean exists(PostgresSession follower, ChangeStream stream) throws SQLException {
        return any(follower)
                && follower.only(
                        "SELECT EXISTS (SELECT 1 FROM slipway.stream WHERE name = ?)",
                        row -> row.getBoolean(1),
                        stream.name());
    }

    /** Makes that one the carrier, and no other, and returns the place; empty where there is no such stream. */
    static Optional<String> take(PostgresSession follower, ChangeStream stream, String carrier) throws SQLException {
        return any(follower)
                ? follower.first(
                        "UPDATE slipway.stream SET carrier = ? WHERE name = ? RETURNING place::text",
                        row -> row.getString(1),
                        carrier,
                        stream.name())
                : Optional.empty();
    }

    /** Fails in a transaction of a carrier that is one no more, and keeps any other from becoming it until that ends. */
    static String guard(ChangeStream stream, String carrier) {
        return "UPDATE slipway.stream SET place = place WHERE " + of(stream, carrier)
                + "; SELECT 1 / count(*) FROM slipway.stream WHERE " + of(stream, carrier);
    }

    static String reached(ChangeStream stream, String carrier, String place) {
        return "UPDATE slipway.stream SET place = " + Sql.literal(place) + " WHERE " + of(stream, carrier);
    }

    /**
     * Takes it away.
     *
     * @return what makes it again, where it was
     */
    static List<String> halt(PostgresSession follower, ChangeStream stream) throws SQLException {
        String place = follower.only(
                "SELECT place::text FROM slipway.stream WHERE name = ?", row -> row.getString(1), stream.name());
        drop(follower, stream);
        return statements(stream, place);
    }

    static void drop(PostgresSession follower, ChangeStream stream) throws SQLException {
        if (any(follower)) {
            follower.transaction(() -> {
                follower.update("DELETE FROM slipway.stream WHERE name = ?", stream.name());
                if (!follower.only("SELECT EXISTS (SELECT 1 FROM slipway.stream)", row -> row.getBoolean(1))) {
                    follower.execute("DROP TABLE slipway.stream");
                    OurSchema.dropIfEmpty(follower);
                }
            });
        }
    }

    private static boolean any(PostgresSession follower) throws SQLException {
        return follower.only("SELECT to_regclass('slipway.stream') IS NOT NULL", row -> row.getBoolean(1));
    }

    private static String of(ChangeStream stream, String carrier) {
        return "name = " + Sql.literal(stream.name()) + " AND carrier = " + Sql.literal(carrier);
    }
}
