package dev.slipway.redis.follow;

import dev.slipway.migration.Accord.NoAccord;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Pause;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.SlipwayException;
import java.util.function.Supplier;

/**
 * Lets a side take the writes with everything that the writer holds: what differs is brought over, once while the writer still writes,
 * and once behind its fence.
 */
final class DifferenceTurn {
    private final TurnTask task;
    private final Stop stop;
    private final Supplier<? extends Taker> side;
    private final Pause pause;

    /** Whether the writer may be closed by now. */
    private boolean fencing;

    /**
     * @param stop of the side that takes the writes now
     * @param side the other one
     */
    DifferenceTurn(TurnTask task, Stop stop, Supplier<? extends Taker> side) {
        this.task = task;
        this.stop = stop;
        this.side = side;
        this.pause = new Pause(task.longest());
    }

    Turn run() {
        task.progress().say("bringing over what differs");
        try (Taker taker = side.get()) {
            return run(taker);
        }
    }

    private Turn run(Taker taker) {
        Comparison.Same proof;
        try {
            proof = proof(taker);
            task.progress().say("switching");
            taker.commit();
        } catch (FenceBroken | TurnRefused | NoAccord e) {
            task.lift(taker::leave, stop::lift);
            return new Turn.NotDone(String.valueOf(e.getMessage()), pause.soFar());
        } catch (SlipwayException e) {
            if (!fencing) {
                taker.leave();
            }
            throw e;
        }
        taker.open();
        return new Turn.Done(pause.soFar(), proof);
    }

    private Comparison.Same proof(Taker taker) {
        taker.bringAll();
        task.progress().say("comparing beforehand");
        try (Beforehand beforehand = Beforehand.read(task, taker::bring, task.progress())) {
            TurnTask.await(() -> {
                beforehand.keepNear();
                return task.accord().mayFence();
            });
            pause.begin();
            return proofBehindFence(beforehand);
        }
    }

    private Comparison.Same proofBehindFence(Beforehand beforehand) {
        task.progress().say("fencing");
        fencing = true;
        stop.put();
        task.accord().fenced();
        task.progress().say("bringing over the rest");
        Comparison proof = beforehand.compare(this::demandTime);
        stop.requireUnbroken();
        Comparison.Same same = TurnTask.demandSame(proof);
        demandTime();
        TurnTask.await(task.accord()::mayOpen);
        return same;
    }

    private void demandTime() {
        if (pause.isTooLong()) {
            throw new TurnRefused(
                    "to compare both took longer than " + task.longest().toSeconds() + " s");
        }
    }
}
