package dev.slipway.postgres.follow;

import dev.slipway.migration.Accord;
import dev.slipway.migration.Accord.NoAccord;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Following.Carrier;
import dev.slipway.migration.Following.Lag;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Pause;
import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.postgres.compare.PostgresCompare;
import dev.slipway.postgres.copy.Sequences;
import dev.slipway.postgres.fence.CopyGround;
import dev.slipway.postgres.fence.PostgresFence;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes the side that follows the writer. Where an earlier turn was ended in the middle, both sides are closed and this one goes on;
 * which step it had come to is told by what is there: the stream, its opposite, and the two fences.
 */
final class PostgresTurn {
    /** So little is drained in a moment. */
    private static final long NEAR_BYTES = 1 << 20;

    private static final String COPY_ANEW =
            "end this stream ('slipway rollback', after a cutover 'slipway cutover --finish') and copy with --follow again, to an empty database";

    private final ChangeStream stream;
    private final PostgresSession from;
    private final PostgresSession to;
    private final Duration longest;
    private final PostgresFence fence;
    private final Accord accord;
    private final Progress progress;
    private final Pause pause;

    /** Lets the stream flow again; empty where it was over when this turn began. */
    private List<String> resumption = List.of();

    /** Empty where an earlier turn has made it. */
    private Optional<StreamEnd> wayBack = Optional.empty();

    PostgresTurn(
            ChangeStream stream,
            PostgresSession from,
            PostgresSession to,
            Duration longest,
            Accord accord,
            Progress progress) {
        this.stream = stream;
        this.from = from;
        this.to = to;
        this.longest = longest;
        this.fence = new PostgresFence(longest);
        this.accord = accord;
        this.progress = progress;
        this.pause = new Pause(longest);
    }

    Turn run() throws SQLException {
        boolean forward = StreamEnd.exists(to, stream);
        boolean backward = StreamEnd.exists(from, stream.back());
        boolean closed = fence.standing(to).isPresent();
        if (!forward && backward && !closed) {
            PostgresFollowing.clean(from, stream);
            return new Turn.Earlier();
        }
        if (!forward && backward && isWriter()) {
            return reopened();
        }
        try (Carrier carrier = RelayPlace.exists(to, stream) ? Relay.insisting(stream) : new Waker(stream)) {
            return run(forward, backward, closed, carrier);
        }
    }

    private Turn run(boolean forward, boolean backward, boolean closed, Carrier carrier) throws SQLException {
        if (forward) {
            PostgresFollowing.resume(from, to, stream);
            progress.say("waiting until the target is near");
            demandNear(carrier);
        } else {
            demandBothClosed(closed);
        }
        if (forward || !backward) {
            // Tried before the pause: a network may take its time to say no.
            wayBack = Optional.of(StreamEnd.offered(to, from, stream.back(), progress));
        }
        Witness witness = Witness.post(from, stream);
        Comparison proof;
        try {
            proof = forward ? drained(witness, carrier) : compared();
        } catch (NotInTime | FenceBroken | NoAccord e) {
            return refused(true, String.valueOf(e.getMessage()));
        }
        if (!(proof instanceof Comparison.Same same)) {
            return refused(forward, proof.obstacle().orElseThrow());
        }
        if (pause.isTooLong()) {
            return refused(forward, "to compare both took until " + longest.toSeconds() + " s were over");
        }
        Optional<String> written = witness.sawAWrite();
        if (written.isPresent()) {
            return refused(forward, behindTheFence(written.get()));
        }
        carrier.close();
        turnTheStream(forward);
        Optional<String> objection =
                witness.sawAWrite().map(this::behindTheFence).or(this::noAccord);
        if (objection.isPresent()) {
            turnTheStreamAgain();
            return refused(true, objection.get());
        }
        StreamEnd.drop(to, stream);
        fence.lower(to, CopyGround.ofNobody());
        Duration length = pause.soFar();
        PostgresFollowing.clean(from, stream);
        return new Turn.Done(length, same);
    }

    /**
     * Whether the side that is to take the writes took them until a turn back was ended, before that turned the stream. A turn of ours
     * that was ended behind that place has left its slot.
     */
    private boolean isWriter() throws SQLException {
        return StreamSlot.exists(to, stream.back()) && !StreamSlot.exists(from, stream);
    }

    /** Undoes that turn back. */
    private Turn reopened() throws SQLException {
        StreamEnd.enable(from, stream.back());
        fence.lower(to, CopyGround.ofNobody());
        return new Turn.Earlier();
    }

    /** The source takes writes meanwhile. A server starts what takes changes in no more often than every five seconds. */
    private void demandNear(Carrier carrier) throws SQLException {
        long until = System.nanoTime() + StreamSlot.PATIENCE.toNanos();
        while (true) {
            carrier.check();
            Lag lag = StreamSlot.lag(from, stream).orElseThrow(() -> failed("its slot is gone", COPY_ANEW));
            if (StreamSlot.isLost(from, stream)) {
                throw failed("the server has not kept what it lacks (max_slot_wal_keep_size)", COPY_ANEW);
            }
            if (lag.flowing() && lag.bytes() <= NEAR_BYTES) {
                return;
            }
            if (System.nanoTime() > until) {
                throw failed(
                        lag.flowing()
                                ? "it is " + lag.bytes() + " bytes behind and does not come nearer"
                                : "it does not take changes in: "
                                        + carrier.trouble().orElse("its server's log says why"),
                        "nothing was changed; turn when it has come near");
            }
            StreamSlot.pause();
        }
    }

    /** Compares when everything that was written is on the other side, and nothing more can be; most of that before. */
    private Comparison drained(Witness witness, Carrier carrier) throws SQLException {
        progress.say("comparing beforehand");
        try (Beforehand beforehand = Beforehand.read(stream, from, to, witness, progress)) {
            while (!accord.mayFence()) {
                beforehand.keepNear();
                StreamSlot.pause();
            }
            demandNear(carrier);
            pause.begin();
            progress.say("fencing");
            fence.raise(from, CopyGround.ofNobody());
            accord.fenced();
            String end = from.only("SELECT pg_current_wal_insert_lsn()::text", row -> row.getString(1));
            progress.say("draining");
            while (!StreamSlot.hasConfirmed(from, stream, end)) {
                if (pause.isTooLong()) {
                    throw new NotInTime("the target had not taken everything in within " + longest.toSeconds() + " s");
                }
                StreamSlot.pause();
            }
            Sequences.carry(from, to);
            progress.say("comparing");
            return beforehand.compare(end, progress);
        }
    }

    /** Why not every store opens; returns when all do, or none. */
    private Optional<String> noAccord() {
        try {
            while (!accord.mayOpen()) {
                StreamSlot.pause();
            }
            return Optional.empty();
        } catch (NoAccord e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Comparison compared() {
        pause.begin();
        progress.say("comparing");
        return new PostgresCompare().run(stream.from(), stream.to(), Optional.empty(), progress);
    }

    private void demandBothClosed(boolean closed) throws SQLException {
        if (!closed || fence.standing(from).isEmpty()) {
            throw failed("nothing flows to it from there", "copy with --follow first");
        }
    }

    private String behindTheFence(String table) {
        return "somebody wrote to " + table + " of " + stream.from()
                + " behind the fence, which only who owns the table can: stop that client";
    }

    private Turn refused(boolean forward, String reason) throws SQLException {
        fence.lower(from, CopyGround.ofNobody());
        if (wayBack.isPresent()) {
            StreamRole.drop(to, stream.back());
        }
        return new Turn.NotDone(forward ? reason : reason + "; nothing follows any more: copy again", pause.soFar());
    }

    /** The way back is there before anything can be written that would have to go it. */
    private void turnTheStream(boolean forward) throws SQLException {
        progress.say("turning the stream");
        ChangeStream back = stream.back();
        if (forward) {
            resumption = StreamEnd.halt(to, stream);
        }
        if (wayBack.isPresent()) {
            Publication.make(to, back);
            StreamSlot.drop(to, back);
            StreamSlot.make(to, back);
            from.executeAll(wayBack.get().statements(to, back));
        }
        StreamEnd.enable(from, back);
    }

    /** The slot has kept its place, and what was written since. */
    private void turnTheStreamAgain() throws SQLException {
        ChangeStream back = stream.back();
        StreamEnd.drop(from, back);
        PostgresFollowing.clean(to, back);
        if (resumption.isEmpty()) {
            to.executeAll(StreamEnd.offered(from, to, stream, progress).statements(from, stream));
            StreamEnd.enable(to, stream);
        } else {
            to.executeAll(resumption);
        }
    }

    private FollowFailed failed(String why, String remedy) {
        return new FollowFailed("let " + stream.to() + " take the writes of " + stream.from(), why, remedy);
    }

    /** The pause is longer than it may be. */
    private static final class NotInTime extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotInTime(String message) {
            super(message);
        }
    }
}
