package dev.slipway.postgres.follow;

import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.List;

/** The end of a stream on the database that follows: a subscription, or where its server cannot have one, the place up to which we have carried the changes. */
sealed interface StreamEnd {
    /** The server there takes the changes in by itself. */
    record Subscribed(String statement) implements StreamEnd {
        @Override
        public List<String> statements(PostgresSession from, ChangeStream stream) {
            return List.of(statement);
        }
    }

    /** Changes come as long as a process of ours carries them. */
    record Carried() implements StreamEnd {
        @Override
        public List<String> statements(PostgresSession from, ChangeStream stream) throws SQLException {
            return RelayPlace.statements(
                    stream, StreamSlot.confirmed(from, stream).orElse("0/0"));
        }
    }

    /** Which of them it will be; the role that a subscription needs is made for it. */
    static StreamEnd offered(PostgresSession from, PostgresSession to, ChangeStream stream, Progress progress)
            throws SQLException {
        return switch (subscription(from, stream)) {
            case Subscription.Offer.Taken(String statement) -> new Subscribed(statement);
            case Subscription.Offer.Refused(String reason) -> {
                StreamRole.drop(from, stream);
                requireCarriable(from, to, stream, reason);
                progress.say("the server of " + stream.to() + " cannot subscribe to " + stream.from() + " (" + reason
                        + "): its changes are carried, as long as a command of ours runs");
                yield new Carried();
            }
        };
    }

    private static Subscription.Offer subscription(PostgresSession from, ChangeStream stream) throws SQLException {
        try {
            return Subscription.offered(stream, StreamRole.make(from, stream));
        } catch (SQLException e) {
            if (PostgresFailure.state(e).equals(PostgresFailure.NOT_ALLOWED)) {
                return new Subscription.Offer.Refused(PostgresFailure.line(e));
            }
            throw e;
        }
    }

    /** What makes it, without letting changes flow. What came before the slot's place is there. */
    List<String> statements(PostgresSession from, ChangeStream stream) throws SQLException;

    static boolean exists(PostgresSession follower, ChangeStream stream) throws SQLException {
        return Subscription.exists(follower, stream) || RelayPlace.exists(follower, stream);
    }

    /** Lets changes flow; those that are carried do when somebody carries them. */
    static void enable(PostgresSession follower, ChangeStream stream) throws SQLException {
        if (Subscription.exists(follower, stream)) {
            Subscription.enable(follower, stream);
        }
    }

    /**
     * Returns when nothing comes over any more.
     *
     * @return what lets changes flow again, each of them once
     */
    static List<String> halt(PostgresSession follower, ChangeStream stream) throws SQLException {
        return Subscription.exists(follower, stream)
                ? Subscription.halt(follower, stream)
                : RelayPlace.halt(follower, stream);
    }

    /** Leaves the slot to whoever drops that. */
    static void drop(PostgresSession follower, ChangeStream stream) throws SQLException {
        Subscription.drop(follower, stream);
        RelayPlace.drop(follower, stream);
    }

    private static void requireCarriable(PostgresSession from, PostgresSession to, ChangeStream stream, String refusal)
            throws SQLException {
        if (from.only("SHOW server_encoding", row -> row.getString(1)).equals("SQL_ASCII")) {
            throw refused(stream, refusal, "texts of no known encoding (SQL_ASCII) cannot be carried by others");
        }
        try {
            to.execute("SET session_replication_role = replica");
            to.execute("RESET session_replication_role");
        } catch (SQLException e) {
            throw refused(stream, refusal, PostgresFailure.line(e));
        }
    }

    private static FollowFailed refused(ChangeStream stream, String refusal, String why) {
        return new FollowFailed(
                "let " + stream.to() + " follow " + stream.from(),
                "it cannot subscribe (" + refusal + "), and its changes cannot be carried (" + why + ")",
                "let the target's server reach the source, and its login make subscriptions (a superuser, rds_superuser, or pg_create_subscription)");
    }
}
