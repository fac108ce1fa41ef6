package dev.slipway.redis.follow;

import dev.slipway.migration.Accord.NoAccord;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Pause;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.redis.fence.OwnAccess;
import dev.slipway.redis.repair.RedisRepair;
import dev.slipway.redis.session.RedisStore;
import java.util.Optional;

/**
 * Gives a side that was turned away from the writes back, with everything that the writer holds: what differs is brought over, once
 * while the writer still writes, and once behind its fence. Until it is open, nobody but us can write to it.
 */
final class DifferenceTurn {
    private final TurnTask task;
    private final RedisStore from;
    private final RedisStore to;
    private final Stop stop;
    private final FenceToken opens;
    private final Pause pause;

    /** @param stop of the side that takes the writes now */
    DifferenceTurn(TurnTask task, Stop stop) {
        this.task = task;
        this.stop = stop;
        this.pause = new Pause(task.longest());
        this.from = task.from();
        this.to = task.to();
        this.opens = Side.turnedTo(from.url());
    }

    Turn run() {
        task.progress().say("bringing over what differs");
        StoreUrl ours = OwnAccess.open(to, opens);
        RedisRepair repair = new RedisRepair(task.compare(), task.progress());
        repair.run(from.url(), ours);
        task.progress().say("comparing beforehand");
        try (RedisStore open = RedisStore.open(ours);
                Beforehand beforehand =
                        Beforehand.read(task, names -> repair.some(from, open, names), task.progress())) {
            TurnTask.await(() -> {
                beforehand.keepNear();
                return task.accord().mayFence();
            });
            pause.begin();
            return behindFence(beforehand);
        } catch (FenceBroken | TurnRefused | NoAccord e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private Turn behindFence(Beforehand beforehand) {
        task.progress().say("fencing");
        stop.put();
        task.accord().fenced();
        task.progress().say("bringing over the rest");
        Comparison proof = beforehand.compare(this::demandTime);
        stop.requireUnbroken();
        Optional<String> obstacle = proof.obstacle();
        if (obstacle.isPresent()) {
            return refused(obstacle.get());
        }
        demandTime();
        TurnTask.await(task.accord()::mayOpen);
        task.progress().say("switching");
        task.fence().unfence(to, opens);
        return new Turn.Done(pause.soFar(), (Comparison.Same) proof);
    }

    private void demandTime() {
        if (pause.isTooLong()) {
            throw new TurnRefused(
                    "to compare both took longer than " + task.longest().toSeconds() + " s");
        }
    }

    private Turn refused(String reason) {
        stop.lift();
        return new Turn.NotDone(reason, pause.soFar());
    }
}
