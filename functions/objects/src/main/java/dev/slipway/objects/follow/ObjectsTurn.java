package dev.slipway.objects.follow;

import dev.slipway.migration.Accord.NoAccord;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.objects.follow.PassTerms.Proof;
import dev.slipway.objects.place.Folder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the side that follows the writer. Nearly all is brought over and compared while the writer writes; behind its fence, or while
 * it is quiet where it is a bucket, only what was written since. Ended anywhere, another turn begins anew, and finds most of it done.
 */
final class ObjectsTurn {
    /** Of a writer that is closed: what is not the same after so many passes never will be. */
    private static final int MOST_CLOSED = 5;

    /** How many times everything could be read before neither side has taken writes for too long. */
    private static final int AMPLE = 4;

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration BETWEEN_PASSES = Duration.ofMillis(200);
    private static final Duration WITHOUT_PASS = Duration.ofSeconds(1);

    private final Sides sides;
    private final TurnTask task;
    private Duration toReadAll = Duration.ZERO;
    private long began;

    ObjectsTurn(Sides sides, TurnTask task) {
        this.sides = sides;
        this.task = task;
    }

    Turn run() {
        try {
            approach();
            awaitOthers();
        } catch (TurnRefused | NoAccord e) {
            return notDone(e);
        }
        began = System.nanoTime();
        noteThatModesChange();
        Comparison.Same proof;
        try {
            while (!task.accord().othersFenced()) {
                demandTime();
                Waiting.sleep(LOOK);
            }
            proof = behindFence();
            while (!task.accord().mayOpen()) {
                Waiting.sleep(LOOK);
            }
        } catch (TurnRefused | NoAccord | FenceBroken e) {
            sides.gate().open();
            return notDone(e);
        } catch (RuntimeException e) {
            sides.gate().open();
            throw e;
        }
        task.progress().say("switching");
        sides.hold().require();
        Opening.turn(sides.pair(), sides.state().now());
        return new Turn.Done(pause(), proof);
    }

    /** Everything is compared once, while the writer writes. */
    private void approach() {
        task.progress().say("bringing over what was written, and comparing beforehand");
        Found found = pass(Proof.ALL);
        toReadAll = found.took();
        Approach approach = new Approach(task.longest(), found);
        while (!approach.isOver()) {
            found = pass(Proof.NEW);
            if (approach.isNear(found)) {
                return;
            }
        }
        throw new FollowFailed(
                "let " + sides.pair().follower() + " take the writes of "
                        + sides.pair().writer(),
                "a pass over both takes " + found.took().toSeconds()
                        + " s, so that neither could take writes for longer than "
                        + task.longest().toSeconds() + " s",
                "nothing was changed; turn when less is written, or allow a longer --max-pause");
    }

    private void awaitOthers() {
        long passed = System.nanoTime();
        long rest = WITHOUT_PASS.toNanos();
        while (!task.accord().mayFence()) {
            if (System.nanoTime() - passed > rest) {
                Found found = pass(Proof.NEW);
                passed = System.nanoTime();
                rest = Math.max(WITHOUT_PASS.toNanos(), found.took().toNanos());
            }
            Waiting.sleep(LOOK);
        }
    }

    private void noteThatModesChange() {
        if (sides.gate().closes()) {
            sides.hold().require();
            sides.state().save(sides.state().now().withModesChanged());
        }
    }

    private Comparison.Same behindFence() {
        if (sides.gate().closes()) {
            task.progress().say("fencing");
            sides.gate().close();
        } else {
            task.progress()
                    .say(sides.writer().name() + " is a bucket, which is closed to nobody here: stop what writes there;"
                            + " waiting until nothing was for " + task.quiet().toSeconds() + " s");
        }
        Comparison.Same proof = sides.gate().holds() ? proveClosed() : proveQuiet();
        sides.gate().requireClosed();
        demandTime();
        return withFindings(proof);
    }

    private Comparison.Same proveClosed() {
        task.progress().say("bringing over the rest, and comparing");
        Found found = pass(Proof.NEW);
        for (int i = 1; i < MOST_CLOSED && found.proof().isEmpty(); i++) {
            found = pass(Proof.NEW);
        }
        Found last = found;
        return last.proof().orElseThrow(() -> new TurnRefused(whyNot(last)));
    }

    /** Until no pass finds anything new for a while, and then nothing that differs. */
    private Comparison.Same proveQuiet() {
        Proof everything = toReadAll.multipliedBy(AMPLE).compareTo(task.longest()) < 0 ? Proof.ALL : Proof.NEW;
        while (true) {
            awaitQuiet();
            Optional<Comparison.Same> proof = pass(everything).proof();
            if (proof.isPresent()) {
                return proof.get();
            }
        }
    }

    private void awaitQuiet() {
        long since = System.nanoTime();
        while (System.nanoTime() - since < task.quiet().toNanos()) {
            Found found = pass(Proof.NEW);
            if (found.proof().isEmpty()) {
                since = System.nanoTime();
                if (isLate()) {
                    throw new TurnRefused(whyNot(found));
                }
            }
            Waiting.sleep(BETWEEN_PASSES);
        }
    }

    private String whyNot(Found found) {
        return found.comparison()
                .obstacle()
                .orElseGet(() -> found.last().map(key -> "'" + key + "'").orElse("something")
                        + " was still written or deleted on " + sides.writer().name()
                        + ": stop the app there, or change its credentials");
    }

    private Found pass(Proof proof) {
        boolean closed = began != 0 && sides.gate().holds();
        try {
            return new FollowPass(sides, new PassTerms(proof, closed, task.progress(), this::demandTime)).run();
        } catch (FollowFailed | TargetNotEmpty e) {
            throw new TurnRefused(String.valueOf(e.getMessage()));
        }
    }

    private void demandTime() {
        if (isLate()) {
            throw new TurnRefused("it could not be brought over and proved within "
                    + task.longest().toSeconds() + " s");
        }
    }

    private boolean isLate() {
        return began != 0 && System.nanoTime() - began > task.longest().toNanos();
    }

    private Comparison.Same withFindings(Comparison.Same proof) {
        List<Finding> findings = new ArrayList<>(proof.findings());
        if (!sides.gate().closes()) {
            findings.add(Finding.warning(
                    "no fence",
                    sides.writer().name()
                            + " is closed to nobody: what an app still writes there does not come over."));
        }
        if (sides.follower().place() instanceof Folder folder) {
            findings.add(Finding.warning(
                    "contents only",
                    folder.name() + " has the contents; metadata, tags and content types that a bucket's objects were"
                            + " given have no place in a folder."));
        }
        return new Comparison.Same(proof.items(), proof.bytes(), proof.digest(), findings);
    }

    private Turn notDone(RuntimeException e) {
        return new Turn.NotDone(String.valueOf(e.getMessage()), pause());
    }

    private Duration pause() {
        return began == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - began);
    }
}
