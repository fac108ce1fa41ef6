package dev.slipway.redis.copy;

import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.session.RedisStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what a copy has seen and sent, and tells it; used by many threads. */
final class Tally {
    private static final int NAMED = 10;

    private final Progress progress;
    private final long total;
    private final Map<String, Keys> unmovable = new TreeMap<>();
    private final Keys timeless = new Keys();
    private final List<Finding> findings = new ArrayList<>();
    private String way = "";
    private long seen;
    private long bytesSeen;
    private long sent;
    private long bytesSent;
    private long removed;

    Tally(RedisStore source, Progress progress) {
        this(
                source.keysByDatabase().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                progress);
    }

    /** @param total how many keys are likely to be seen */
    Tally(long total, Progress progress) {
        this.progress = progress;
        this.total = total;
    }

    /** Some keys, of which the first are named. */
    private static final class Keys {
        private final List<String> first = new ArrayList<>();
        private long count;

        private void add(String key) {
            count++;
            if (first.size() < NAMED) {
                first.add(key);
            }
        }

        @Override
        public String toString() {
            return String.join(", ", first) + (count > first.size() ? " and " + (count - first.size()) + " more" : "");
        }
    }

    /** How the source is read, for whoever watches. */
    synchronized void reading(String text) {
        way = ", read " + text;
    }

    synchronized void seen(int database, long keys, long bytes) {
        seen += keys;
        bytesSeen += bytes;
        progress.report(new Progress.Amount("database " + database + way, seen, Math.max(seen, total), bytesSeen, 0));
    }

    synchronized void sent(long bytes) {
        sent++;
        bytesSent += bytes;
    }

    synchronized void removed(long keys) {
        removed += keys;
    }

    /** How much was changed on the target. */
    synchronized long changes() {
        return sent + removed;
    }

    synchronized void unmovable(int database, byte[] key, String type) {
        unmovable.computeIfAbsent(type, name -> new Keys()).add(KeyText.of(database, key));
    }

    synchronized void withoutFieldTimes(int database, byte[] key) {
        timeless.add(KeyText.of(database, key));
    }

    synchronized void found(Finding finding) {
        findings.add(finding);
    }

    /** A pass begins, which will see what is not movable again. */
    synchronized void begin() {
        seen = 0;
        bytesSeen = 0;
        unmovable.clear();
    }

    /** All that was seen, whoever has sent it: what comes in the end is that, and not what was likely. */
    synchronized CopyOutcome.Copied all() {
        progress.report(new Progress.Amount("all of the shard", seen, seen, bytesSeen, 0));
        return new CopyOutcome.Copied(seen, bytesSeen, named(), Optional.empty());
    }

    /** What was left to do when all keys were there. */
    synchronized CopyOutcome rest() {
        return removed == 0
                ? new CopyOutcome.Skipped("all keys were on the target already, brought by several workers")
                : new CopyOutcome.Copied(sent, bytesSent, named(), Optional.empty());
    }

    synchronized CopyOutcome outcome() {
        List<Finding> all = named();
        return sent + removed == 0 && all.isEmpty()
                ? new CopyOutcome.Skipped("all " + seen + " keys were on the target already")
                : new CopyOutcome.Copied(sent, bytesSent, all, Optional.empty());
    }

    private List<Finding> named() {
        List<Finding> all = new ArrayList<>(findings);
        unmovable.forEach((type, keys) -> all.add(Finding.warning(
                "module " + type,
                keys.count + " keys of the type " + type + " are not on the target, which does not know that type: "
                        + keys + ". Load the module there, or make these keys anew.")));
        Optional.of(timeless)
                .filter(keys -> keys.count > 0)
                .ifPresent(keys -> all.add(Finding.warning(
                        "field times",
                        keys.count
                                + " hashes have fields that go by themselves, which the target cannot do; it keeps them for ever: "
                                + keys + ". Use a target of Redis 7.4 or later.")));
        return all;
    }
}
