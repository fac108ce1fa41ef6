package dev.slipway.redis.follow;

import dev.slipway.migration.Accord.NoAccord;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.replication.NoReplication;
import dev.slipway.redis.session.RedisStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Makes the target of a stream the writer. Ended anywhere, the stream's state is still there and another turn goes on. */
final class StreamTurn {
    /** So little is drained in a moment. */
    private static final long NEAR_BYTES = 1 << 20;

    private final TurnTask task;
    private final RedisStore from;
    private final RedisStore to;
    private final FenceToken token;
    private long began;

    StreamTurn(TurnTask task) {
        this.task = task;
        this.from = task.from();
        this.to = task.to();
        this.token = Side.turnedTo(to.url());
    }

    Turn run(StreamState state) {
        try (Relay relay = Relay.resume(from, to, state)) {
            return turn(relay);
        } catch (NoReplication e) {
            throw failed(
                    "the source has not kept what came since (" + e.reason() + ")",
                    "copy with --follow again, and turn while that runs");
        }
    }

    private Turn turn(Relay relay) {
        try {
            task.progress().say("waiting until the target is near");
            demandNear(relay);
            keepUpUntil(task.accord()::mayFence, relay);
            began = System.nanoTime();
            task.progress().say("fencing");
            task.fence().fence(from.url(), token);
            RedisFence.Hold hold = task.fence().require(from, token);
            task.progress().say("draining");
            drain(relay);
            relay.written();
            task.progress().say("comparing");
            Comparison proof = task.verbs().compare(from.url(), to.url(), task.progress());
            drain(relay);
            Optional<String> obstacle = proof.obstacle()
                    .or(() -> relay.written()
                            .map(command -> "somebody wrote to the source behind the fence (" + command
                                    + "): stop that client"));
            task.fence().requireUnbroken(from, token, hold);
            if (obstacle.isEmpty() && task.isLate(began)) {
                throw new Late("to compare both took until " + task.longest().toSeconds() + " s were over");
            }
            if (obstacle.isPresent()) {
                return refused(obstacle.get());
            }
            keepUpUntil(task.accord()::mayOpen, relay);
            task.progress().say("switching");
            StreamState.remove(to);
            return new Turn.Done(pause(), (Comparison.Same) proof);
        } catch (IOException e) {
            return refused("the stream broke (" + RedisStore.reason(e) + ")");
        } catch (FenceBroken | Late | NoAccord e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private void demandNear(Relay relay) throws IOException {
        long until = System.nanoTime() + task.longest().toNanos();
        while (Offsets.of(from) - relay.done().bytes() > NEAR_BYTES) {
            step(relay);
            if (System.nanoTime() > until) {
                StreamState.leave(to);
                throw failed(
                        "it does not come nearer to what is written there",
                        "nothing was changed; turn when less is written");
            }
        }
    }

    private void keepUpUntil(BooleanSupplier agreed, Relay relay) throws IOException {
        while (!agreed.getAsBoolean()) {
            if (relay.done().bytes() < Offsets.of(from)) {
                step(relay);
            } else {
                TurnTask.pause();
            }
        }
    }

    private void drain(Relay relay) throws IOException {
        long end = Offsets.of(from);
        while (relay.done().bytes() < end) {
            step(relay);
            if (task.isLate(began)) {
                throw new Late("the target had not taken everything in within "
                        + task.longest().toSeconds() + " s");
            }
        }
    }

    private void step(Relay relay) throws IOException {
        if (!relay.step()) {
            throw failed("another turn has taken this one's place", "leave it to that one");
        }
    }

    private Turn refused(String reason) {
        task.fence().unfence(from.url(), token);
        StreamState.leave(to);
        return new Turn.NotDone(reason, pause());
    }

    private Duration pause() {
        return began == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - began);
    }

    private FollowFailed failed(String why, String remedy) {
        return new FollowFailed("let " + to.url() + " take the writes of " + from.url(), why, remedy);
    }

    /** The pause is longer than it may be. */
    private static final class Late extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Late(String message) {
            super(message);
        }
    }
}
