package dev.slipway.postgres.follow;

import dev.slipway.migration.Accord;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Following;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.postgres.copy.CopyMoment;
import dev.slipway.postgres.copy.PostgresCopy;
import dev.slipway.postgres.fence.CopyGround;
import dev.slipway.postgres.fence.PostgresFence;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows by a publication and a slot on the one side and a subscription on the other, or a relay of ours where the servers do not reach
 * each other; the fence keeps everything else out of the side that follows.
 */
public final class PostgresFollowing implements Following {
    private final PostgresCopy copy;
    private final PostgresFence fence;

    public PostgresFollowing(PostgresCopy copy, PostgresFence fence) {
        this.copy = copy;
        this.fence = fence;
    }

    @Override
    public CopyOutcome begin(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        ChangeStream stream = ChangeStream.of(source, target);
        String what = "follow " + source + " with " + target;
        try {
            if (isCarried(target, source)) {
                return new CopyOutcome.Skipped("a cutover has turned them, and the changes flow back");
            }
            Optional<StreamEnd> end = prepared(stream, what, progress);
            CopyOutcome outcome = end.isPresent()
                    ? copyFromSlot(stream, options, end.get(), progress)
                    : new CopyOutcome.Skipped("the target follows already");
            // A copy ends every other session of ours on its target.
            try (PostgresSession from = PostgresSession.open(source);
                    PostgresSession to = PostgresSession.open(target)) {
                // A cutover meanwhile drops the stream before it opens the target.
                fence.raiseWhere(() -> StreamEnd.exists(to, stream), to, CopyGround.ofNobody());
                RowIdentities.carry(from, to);
                StreamEnd.enable(to, stream);
                return withFindings(outcome, from, to);
            }
        } catch (SQLException e) {
            throw failure(what, e);
        }
    }

    /** Makes what the source needs before the copy, and returns how the target will follow; empty where it does already. */
    private static Optional<StreamEnd> prepared(ChangeStream stream, String what, Progress progress)
            throws SQLException {
        try (PostgresSession from = PostgresSession.open(stream.from());
                PostgresSession to = PostgresSession.open(stream.to())) {
            if (StreamEnd.exists(from, stream.back())) {
                throw new FollowFailed(
                        what, "the source follows the target: a cutover has turned them", "see 'slipway rollback'");
            }
            if (StreamEnd.exists(to, stream)) {
                if (StreamSlot.exists(from, stream)) {
                    return Optional.empty();
                }
                // The source was given free while the target could not be reached.
                StreamEnd.drop(to, stream);
            }
            demandLogical(from, stream.from(), what);
            Publication.make(from, stream);
            StreamEnd end = StreamEnd.offered(from, to, stream, progress);
            progress.say("waiting for transactions that are open");
            StreamSlot.drop(from, stream);
            return Optional.of(end);
        }
    }

    private CopyOutcome copyFromSlot(ChangeStream stream, CopyOptions options, StreamEnd end, Progress progress)
            throws SQLException {
        try (StreamSlot slot = StreamSlot.make(stream)) {
            return copy.run(stream.from(), stream.to(), options, moment(slot, statements(end, stream)), progress);
        }
    }

    private static List<String> statements(StreamEnd end, ChangeStream stream) throws SQLException {
        try (PostgresSession from = PostgresSession.open(stream.from())) {
            return end.statements(from, stream);
        }
    }

    private static CopyMoment moment(StreamSlot slot, List<String> end) {
        return new CopyMoment() {
            @Override
            public String hold(PostgresSession from) throws SQLException {
                from.importSnapshot(slot.snapshot());
                return from.shareSnapshot();
            }

            @Override
            public List<String> last() {
                return end;
            }

            @Override
            public boolean isAnyMoment() {
                return false;
            }
        };
    }

    private static void demandLogical(PostgresSession session, StoreUrl store, String what) throws SQLException {
        String level = session.only("SHOW wal_level", row -> row.getString(1));
        if (!level.equals("logical")) {
            throw new FollowFailed(
                    what,
                    store + " has wal_level " + level,
                    "set it to logical, which takes one restart of that server (rds.logical_replication at RDS)");
        }
    }

    private static CopyOutcome withFindings(CopyOutcome outcome, PostgresSession from, PostgresSession to)
            throws SQLException {
        if (!(outcome instanceof CopyOutcome.Copied copied)) {
            return outcome;
        }
        List<Finding> findings = new ArrayList<>(copied.findings());
        if (from.only("SELECT EXISTS (SELECT 1 FROM pg_largeobject_metadata)", row -> row.getBoolean(1))) {
            findings.add(Finding.warning(
                    "large objects", "are copied and not followed: a cutover refuses if one has changed since"));
        }
        String level = to.only("SHOW wal_level", row -> row.getString(1));
        if (!level.equals("logical")) {
            findings.add(Finding.warning(
                    "the target", "has wal_level " + level + ": a cutover needs logical there, for the way back"));
        }
        return new CopyOutcome.Copied(copied.items(), copied.bytes(), findings, copied.digests());
    }

    @Override
    public Carrier carry(StoreUrl source, StoreUrl target) {
        ChangeStream stream = ChangeStream.of(source, target);
        return isCarried(source, target) ? Relay.patient(stream) : new Waker(stream);
    }

    @Override
    public boolean isCarried(StoreUrl writer, StoreUrl follower) {
        try (PostgresSession to = PostgresSession.open(follower)) {
            return RelayPlace.exists(to, ChangeStream.of(writer, follower));
        } catch (SQLException e) {
            throw failure("see how " + follower + " follows " + writer, e);
        }
    }

    @Override
    public Optional<Lag> lag(StoreUrl source, StoreUrl target) {
        try (PostgresSession from = PostgresSession.open(source)) {
            return StreamSlot.lag(from, ChangeStream.of(source, target));
        } catch (SQLException e) {
            throw failure("see how far " + target + " is behind " + source, e);
        }
    }

    @Override
    public Turn turn(StoreUrl writer, StoreUrl follower, Duration longest, Accord accord, Progress progress) {
        try (PostgresSession from = PostgresSession.open(writer);
                PostgresSession to = PostgresSession.open(follower)) {
            demandLogical(to, follower, "let " + follower + " take the writes of " + writer);
            ChangeStream stream = ChangeStream.of(writer, follower);
            SoleTurn.claim(stream, from, to);
            return new PostgresTurn(stream, from, to, longest, accord, progress).run();
        } catch (SQLException e) {
            throw failure("let " + follower + " take the writes of " + writer, e);
        }
    }

    @Override
    public void stay(StoreUrl writer, StoreUrl follower) {
        ChangeStream stream = ChangeStream.of(writer, follower);
        String what = "go on following " + writer + " with " + follower;
        try (PostgresSession from = PostgresSession.open(writer);
                PostgresSession to = PostgresSession.open(follower)) {
            SoleTurn.claim(stream, from, to);
            demandNotTurned(stream, from, to, what);
            fence.lower(from, CopyGround.ofNobody());
            if (StreamEnd.exists(to, stream)) {
                resume(from, to, stream);
            }
        } catch (SQLException e) {
            throw failure(what, e);
        }
    }

    @Override
    public void end(StoreUrl writer, StoreUrl follower) {
        ChangeStream stream = ChangeStream.of(writer, follower);
        String what = "end the stream from " + writer + " to " + follower;
        try (PostgresSession from = PostgresSession.open(writer)) {
            try (PostgresSession to = PostgresSession.open(follower)) {
                SoleTurn.claim(stream, from, to);
                demandNotTurned(stream, from, to, what);
                free(from, stream);
                StreamEnd.drop(to, stream);
                Publication.drop(to, stream.back());
                RowIdentities.giveBack(to);
            } catch (StoreUnreachable | SQLException e) {
                // Whatever is wrong with the follower, the writer is to be free.
                SoleTurn.claim(stream, from);
                demandNotTurning(stream, from, what);
                free(from, stream);
                throw e;
            }
        } catch (SQLException e) {
            throw failure(what, e);
        }
    }

    /** Its slot goes last, so that the rest is still found. */
    private void free(PostgresSession writer, ChangeStream stream) throws SQLException {
        fence.lower(writer, CopyGround.ofNobody());
        clean(writer, stream);
        RowIdentities.giveBack(writer);
    }

    /** A cutover may have come between the question who writes and the answer, and both may not. */
    private void demandNotTurned(ChangeStream stream, PostgresSession from, PostgresSession to, String what)
            throws SQLException {
        if (StreamEnd.exists(from, stream.back())
                && !StreamEnd.exists(to, stream)
                && fence.standing(to).isEmpty()) {
            throw new FollowFailed(
                    what, stream.to() + " takes the writes", "see 'slipway cutover' and 'slipway rollback'");
        }
    }

    /** The same where the follower can not be asked. */
    private static void demandNotTurning(ChangeStream stream, PostgresSession from, String what) throws SQLException {
        if (StreamEnd.exists(from, stream.back())) {
            throw new FollowFailed(
                    what,
                    "a turn was ended in the middle, and " + stream.to()
                            + ", which may take the writes, is not reached",
                    "run the same again when it is");
        }
    }

    /** A turn that was ended may have left the stream without letting it flow, and its opposite beside it. */
    static void resume(PostgresSession from, PostgresSession to, ChangeStream stream) throws SQLException {
        StreamEnd.drop(from, stream.back());
        clean(to, stream.back());
        StreamEnd.enable(to, stream);
    }

    /** Takes off the side that changes came from what the stream had there. */
    static void clean(PostgresSession from, ChangeStream stream) throws SQLException {
        StreamSlot.drop(from, stream);
        Publication.drop(from, stream);
        StreamRole.drop(from, stream);
    }

    private static RuntimeException failure(String what, SQLException e) {
        return PostgresFailure.isConnectionLost(e)
                ? PostgresFailure.unreachable(what, e)
                : new FollowFailed(what, PostgresFailure.line(e), "run the same again when that is mended", e);
    }
}
