package dev.slipway.redis.compare;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.redis.keys.ContentDigest;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.keys.SeenKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a comparison has found so far; used by many threads. */
final class Findings {
    private static final int LISTED = 20;
    private static final int NAMED = 5;
    private static final String UNFINISHED = "was not finished: run the copy again, which goes on where it was";

    private final Progress progress;
    private final KeyListener listener;
    private final KeyTally tally;
    private final long total;
    private final SeenKeys differing = new SeenKeys();
    private final SeenKeys expired = new SeenKeys();
    private final SeenKeys unreadable = new SeenKeys();
    private final List<Difference> first = new ArrayList<>();
    private final List<String> firstUnreadable = new ArrayList<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private long differences;
    private long gone;
    private boolean unfinished;
    private boolean unsettled;

    /** @param total how many keys there are, about */
    Findings(long total, Progress progress, KeyListener listener, KeyTally tally) {
        this.total = total;
        this.progress = progress;
        this.listener = listener;
        this.tally = tally;
    }

    /**
     * A key that is the same on both sides.
     *
     * @param valueDigest over the value
     */
    void same(int database, TypedKey key, byte[] valueDigest, long size) {
        listener.same(key.type(), key.key());
        if (tally.same(database, key.key(), valueDigest, size)) {
            KeyTally.Count count = tally.count();
            progress.report(new Progress.Amount(
                    "database " + database, count.items(), Math.max(count.items(), total), count.bytes(), 0));
        }
    }

    /** A key that is on neither side any more. */
    void gone(int database, byte[] key) {
        tally.gone(database, key);
    }

    synchronized void different(Comparison.Side side, int database, byte[] key, String detail) {
        if (differing.add(digest(database, key))) {
            differences++;
            listener.differs(side, database, key);
            if (first.size() < LISTED) {
                first.add(new Difference(side, KeyText.of(database, key), detail));
            }
        }
    }

    /** A key that is on one side only because its time came meanwhile. */
    synchronized void expired(int database, byte[] key) {
        listener.unclear(key);
        tally.gone(database, key);
        if (expired.add(digest(database, key))) {
            gone++;
        }
    }

    /** A key that is on both sides, and nobody can tell whether it is the same. */
    synchronized void unknown(int database, byte[] key, String reason) {
        listener.unclear(key);
        if (unreadable.add(digest(database, key))) {
            reasons.merge(reason, 1L, Long::sum);
            if (firstUnreadable.size() < NAMED) {
                firstUnreadable.add(KeyText.of(database, key));
            }
        }
    }

    private static byte[] digest(int database, byte[] key) {
        return ContentDigest.of(ContentDigest.text(Integer.toString(database)), key);
    }

    /** A difference that was seen outweighs what could not be told. */
    synchronized Comparison outcome() {
        if (differences > 0) {
            return new Comparison.Different(differences, listed());
        }
        if (unsettled) {
            return new Comparison.Unknown(
                    "slots of the cluster were moved all the while, and keys in them may not have been seen: let that end, and compare again");
        }
        KeyTally.Count same = tally.count();
        return reasons.isEmpty()
                ? new Comparison.Same(same.items(), same.bytes(), tally.digest(), notes())
                : new Comparison.Unknown(whatIsUnknown(same.items()));
    }

    /** What was listed is less worth knowing than that a copy was cut short. */
    private List<Difference> listed() {
        List<Difference> listed = new ArrayList<>(first);
        if (unfinished) {
            listed.addFirst(new Difference(Comparison.Side.ONLY_TARGET, "the copy's claim", UNFINISHED));
        }
        return listed;
    }

    /** The target is that of a copy which has not ended. */
    synchronized void unfinished() {
        unfinished = true;
    }

    /** Keys may have been moved about behind the comparison's back. */
    synchronized void unsettled() {
        unsettled = true;
    }

    private List<Finding> notes() {
        List<Finding> notes = new ArrayList<>();
        if (gone > 0) {
            notes.add(Finding.warning(
                    "expired keys",
                    gone + " of them were on one side only, because their time came during the comparison"));
        }
        if (unfinished) {
            notes.add(Finding.warning("the target", "is of a copy that " + UNFINISHED));
        }
        return notes;
    }

    private String whatIsUnknown(long items) {
        long count = reasons.values().stream().mapToLong(Long::longValue).sum();
        List<String> why = new ArrayList<>();
        reasons.forEach((reason, keys) -> why.add(keys + " of " + reason));
        return count + " keys could not be compared: " + String.join("; ", why) + " ("
                + String.join(", ", firstUnreadable)
                + (count > firstUnreadable.size() ? " and " + (count - firstUnreadable.size()) + " more" : "")
                + "); the other " + items + " keys are the same";
    }
}
