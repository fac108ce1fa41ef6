package dev.slipway.postgres.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;

/**
 * Of the commands that say who of two databases takes the writes the last one is the only one. An earlier one that hangs may have looked at
 * both long ago: its sessions are ended, by which alone it could open or close either, and so it is as if it had been killed there.
 */
final class SoleTurn {
    private static final int LOCK = 0x51195ab;
    private static final int HEX = 16;

    /** Of a name's letters, as many as are a number's. */
    private static final int LETTERS = 8;

    private SoleTurn() {}

    /** Returns when no other one goes on; each side is claimed as long as its session lasts. */
    static void claim(ChangeStream stream, PostgresSession from, PostgresSession to) throws SQLException {
        // In the same order whichever of them writes, or of two each would end the other.
        boolean forward = stream.name().compareTo(stream.back().name()) < 0;
        claim(stream, forward ? from : to);
        claim(stream, forward ? to : from);
    }

    /** The same of one side, where the other can not be reached. */
    static void claim(ChangeStream stream, PostgresSession side) throws SQLException {
        int pair = pair(stream);
        long until = System.nanoTime() + StreamSlot.PATIENCE.toNanos();
        while (!side.only("SELECT pg_try_advisory_lock(?, ?)", row -> row.getBoolean(1), LOCK, pair)) {
            if (System.nanoTime() > until) {
                throw new FollowFailed(
                        "say who of " + stream.from() + " and " + stream.to() + " takes the writes",
                        "another command that does so does not end",
                        "end it, and run the same again");
            }
            side.query(Sql.file("follow/cut-off"), row -> row.getBoolean(1), (long) LOCK, Integer.toUnsignedLong(pair));
            StreamSlot.pause();
        }
    }

    /** The same for both directions. */
    private static int pair(ChangeStream stream) {
        String there = stream.name();
        String back = stream.back().name();
        String first = there.compareTo(back) < 0 ? there : back;
        return Integer.parseUnsignedInt(first.substring(first.length() - LETTERS), HEX);
    }
}
