package dev.slipway.redis.follow;

import dev.slipway.migration.Accord.NoAccord;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Pause;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.replication.NoReplication;
import dev.slipway.redis.session.RedisStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Makes the target of a stream the writer. Ended anywhere, the stream's state is still there and another turn goes on. */
final class StreamTurn {
    /** So little is drained in a moment. */
    private static final long NEAR_BYTES = 1 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final TurnTask task;
    private final ClosedFollower follower;
    private final RedisStore side;
    private final RedisStore from;
    private final RedisStore to;
    private final FenceToken token;
    private final Pause pause;

    /** @param side the follower by our own login, by which it is opened */
    StreamTurn(TurnTask task, ClosedFollower follower, RedisStore side) {
        this.task = task;
        this.follower = follower;
        this.side = side;
        this.pause = new Pause(task.longest());
        this.from = task.from();
        this.to = task.to();
        this.token = Side.turnedTo(to.url());
    }

    Turn run(StreamState state) {
        try (Carrying carrying = Carrying.start(Relay.resume(from, to, state))) {
            return turn(carrying);
        } catch (NoReplication e) {
            throw failed(
                    "the source has not kept what came since (" + e.reason() + ")",
                    "copy with --follow again, and turn while that runs");
        }
    }

    private Turn turn(Carrying carrying) {
        Comparison.Same proof;
        try {
            proof = proof(carrying);
            task.progress().say("switching");
            task.commit(carrying::remove);
        } catch (FenceBroken | TurnRefused | NoAccord e) {
            return refused(carrying, String.valueOf(e.getMessage()));
        }
        follower.release(side);
        return new Turn.Done(pause.soFar(), proof);
    }

    private Comparison.Same proof(Carrying carrying) {
        task.progress().say("waiting until the target is near");
        demandNear(carrying);
        task.progress().say("comparing beforehand");
        try (Beforehand beforehand = Beforehand.read(task, task::mendExpiries, amount -> {
            // A comparison of many keys is not to go on when nothing comes over any more.
            carrying.done();
            task.progress().report(amount);
        })) {
            awaitAccord(
                    () -> {
                        beforehand.keepNear();
                        return task.accord().mayFence();
                    },
                    carrying);
            demandNear(carrying);
            pause.begin();
            return proofBehindFence(carrying, beforehand);
        }
    }

    private Comparison.Same proofBehindFence(Carrying carrying, Beforehand beforehand) {
        task.progress().say("fencing");
        task.fence().fence(from, token);
        RedisFence.Hold hold = task.fence().require(from, token);
        task.accord().fenced();
        task.progress().say("draining");
        long fenced = drain(carrying);
        task.progress().say("comparing");
        Comparison proof = beforehand.compare(this::demandTimeToCompare);
        drain(carrying);
        Optional<String> written = carrying.writtenBehind(fenced)
                .map(command -> "somebody wrote to the source behind the fence (" + command + "): stop that client");
        task.fence().requireUnbroken(from, token, hold);
        Comparison.Same same = TurnTask.demandSame(proof);
        written.ifPresent(reason -> {
            throw new TurnRefused(reason);
        });
        demandTimeToCompare();
        awaitAccord(task.accord()::mayOpen, carrying);
        return same;
    }

    /** The stream goes on meanwhile. */
    private static void awaitAccord(BooleanSupplier agreed, Carrying carrying) {
        TurnTask.await(() -> {
            carrying.done();
            return agreed.getAsBoolean();
        });
    }

    private void demandTimeToCompare() {
        if (pause.isTooLong()) {
            throw new TurnRefused("to compare both took until " + task.longest().toSeconds() + " s were over");
        }
    }

    /** The source takes writes meanwhile. */
    private void demandNear(Carrying carrying) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (Offsets.of(from) - carrying.done() > NEAR_BYTES) {
            LockSupport.parkNanos(LOOK.toNanos());
            if (System.nanoTime() > until) {
                carrying.leave();
                throw failed(
                        "it does not come nearer to what is written there",
                        "nothing was changed; turn when less is written");
            }
        }
    }

    /** Returns the place up to which the target has everything now. */
    private long drain(Carrying carrying) {
        long end = Offsets.of(from);
        while (carrying.done() < end) {
            LockSupport.parkNanos(LOOK.toNanos());
            if (pause.isTooLong()) {
                throw new TurnRefused("the target had not taken everything in within "
                        + task.longest().toSeconds() + " s");
            }
        }
        return end;
    }

    private Turn refused(Carrying carrying, String reason) {
        task.lift(carrying::leave, () -> task.fence().unfence(from, token));
        return new Turn.NotDone(reason, pause.soFar());
    }

    private FollowFailed failed(String why, String remedy) {
        return new FollowFailed("let " + to.url() + " take the writes of " + from.url(), why, remedy);
    }
}
