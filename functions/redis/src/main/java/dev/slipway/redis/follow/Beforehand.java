package dev.slipway.redis.follow;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.redis.compare.EarlierComparison;
import dev.slipway.redis.compare.KeyListener;
import dev.slipway.redis.keys.ChangedKeys;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A comparison of which most is done while the app still writes: behind the fence only what was changed since is read. */
final class Beforehand implements AutoCloseable {
    /** So few are compared in a moment. */
    private static final int FEW = 1_000;

    private static final int LOOKS = 3;

    private final TurnTask task;
    private final ChangedKeys changed;
    private final Witnesses witnesses;
    private final Optional<EarlierComparison> earlier;
    private final Mending mending;

    /** How many were left when those that were changed were last read again. */
    private int left;

    /** Whether every key was compared behind the fence. */
    private boolean all;

    private Beforehand(
            TurnTask task,
            ChangedKeys changed,
            Witnesses witnesses,
            Optional<EarlierComparison> earlier,
            Mending mending) {
        this.task = task;
        this.changed = changed;
        this.witnesses = witnesses;
        this.earlier = earlier;
        this.mending = mending;
        this.left = changed.count();
    }

    /** Makes keys of these names the same before they are compared, as far as no stream does; how many were changed. */
    @FunctionalInterface
    interface Mending {
        int mend(List<byte[]> names);
    }

    /** Reads both sides; once more where a database was emptied meanwhile, say, which may not happen again. */
    static Beforehand read(TurnTask task, Mending mending, Progress progress) {
        Beforehand first = readOnce(task, mending, progress);
        if (first.changed.whyAll().isEmpty() || first.earlier.isEmpty()) {
            return first;
        }
        first.close();
        return readOnce(task, mending, progress);
    }

    private static Beforehand readOnce(TurnTask task, Mending mending, Progress progress) {
        ChangedKeys changed = new ChangedKeys();
        if (!EarlierComparison.hasRoom(task.from())) {
            changed.addAll("there are too many for this worker's memory");
        }
        Witnesses witnesses = Witnesses.post(List.of(task.from(), task.to()), changed);
        try {
            Optional<EarlierComparison> earlier = Optional.empty();
            if (changed.whyAll().isEmpty()) {
                earlier = Optional.of(read(task, changed, mending, progress));
                witnesses.hearUntilNow();
            }
            return new Beforehand(task, changed, witnesses, earlier, mending);
        } catch (RedisCommandExecutionException e) {
            witnesses.close();
            throw new TurnRefused(refusal(e));
        } catch (RuntimeException e) {
            witnesses.close();
            throw e;
        }
    }

    /** Those that were changed meanwhile are read again, as long as they become fewer by that. */
    private static EarlierComparison read(TurnTask task, ChangedKeys changed, Mending mending, Progress progress) {
        EarlierComparison earlier = task.compare().beforehand(task.from(), task.to(), progress, changed);
        List<byte[]> differing = changed.take();
        mending.mend(differing);
        differing.forEach(changed::add);
        int before = Integer.MAX_VALUE;
        int now = changed.count();
        while (now > FEW && now <= before / 2) {
            readAgain(earlier, changed, mending, progress);
            before = now;
            now = changed.count();
        }
        return earlier;
    }

    /** A side that was mended tells of that, too: where it was much, that is looked at once more. */
    private static void readAgain(EarlierComparison earlier, ChangedKeys changed, Mending mending, Progress progress) {
        int mended = Integer.MAX_VALUE;
        for (int i = 0; i < LOOKS && mended > FEW / 2; i++) {
            List<byte[]> names = changed.take();
            mended = mending.mend(names);
            earlier.readAgain(names, changed, progress);
        }
    }

    /** Reads again what was changed, where that has become more than is compared in a moment: to be called while others are waited for. */
    void keepNear() {
        if (earlier.isEmpty() || changed.whyAll().isPresent() || !isToBeReadWhileWaiting(changed.count())) {
            return;
        }
        try {
            readAgain(earlier.get(), changed, mending, task.progress());
            left = changed.count();
        } catch (RedisCommandExecutionException e) {
            throw new TurnRefused(refusal(e));
        }
    }

    /** Where many are left each time, as streams are, all of them would only be read once more. */
    private boolean isToBeReadWhileWaiting(int count) {
        return left <= FEW && count > left + FEW;
    }

    /**
     * Whether both sides are the same.
     *
     * @param demandTime is called now and then, and throws where there is none left
     */
    Comparison compare(Runnable demandTime) {
        try {
            witnesses.hearUntilNow();
            Comparison found = compareChanged();
            // Somebody may have written to a key of the target after it was looked at.
            while (found instanceof Comparison.Same && isToBeReadAgain()) {
                demandTime.run();
                found = compareChanged();
            }
            return found;
        } catch (RedisCommandExecutionException e) {
            return new Comparison.Unknown(refusal(e));
        }
    }

    private static String refusal(RedisCommandExecutionException e) {
        return "a server answered '" + RedisStore.reason(e) + "'";
    }

    private boolean isToBeReadAgain() {
        if (all) {
            return false;
        }
        witnesses.hearUntilNow();
        return changed.whyAll().isPresent() || changed.count() > 0;
    }

    private Comparison compareChanged() {
        List<byte[]> names = changed.take();
        // What came after that is still told of.
        if (earlier.isPresent() && changed.whyAll().isEmpty()) {
            mending.mend(names);
            return earlier.get().now(names, task.progress());
        }
        all = true;
        return compareAll();
    }

    private Comparison compareAll() {
        task.progress().say("comparing every key, because " + changed.whyAll().orElse("none is known"));
        Queue<byte[]> differing = new ConcurrentLinkedQueue<>();
        Comparison found = compareAll((side, database, key) -> differing.add(key));
        return mending.mend(List.copyOf(differing)) == 0 ? found : compareAll((side, database, key) -> {});
    }

    private Comparison compareAll(KeyListener listener) {
        return task.compare().compare(task.from(), task.to(), task.progress(), listener);
    }

    @Override
    public void close() {
        witnesses.close();
    }
}
