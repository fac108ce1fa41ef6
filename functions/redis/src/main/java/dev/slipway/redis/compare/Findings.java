package dev.slipway.redis.compare;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Progress;
import dev.slipway.redis.keys.ContentDigest;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.keys.SeenKeys;
import dev.slipway.redis.session.RedisStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a comparison has found so far; used by many threads. */
final class Findings {
    private static final int LISTED = 20;

    private final Progress progress;
    private final long total;
    private final ContentDigest content = new ContentDigest();
    private final SeenKeys seen = new SeenKeys();
    private final SeenKeys differing = new SeenKeys();
    private final List<Difference> first = new ArrayList<>();
    private long differences;
    private long items;
    private long bytes;
    private @Nullable String unknown;

    Findings(RedisStore source, Progress progress) {
        this.progress = progress;
        this.total = source.keysByDatabase().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * A key that is the same on both sides.
     *
     * @param valueDigest over the value as the source serialises it
     */
    synchronized void same(int database, byte[] key, byte[] valueDigest, long size) {
        byte[] digest = ContentDigest.of(ContentDigest.text(Integer.toString(database)), key, valueDigest);
        if (seen.add(digest)) {
            content.add(digest);
            items++;
            bytes += size;
            progress.report(new Progress.Amount("database " + database, items, Math.max(items, total), bytes, 0));
        }
    }

    synchronized void different(Comparison.Side side, int database, byte[] key, String detail) {
        String item = KeyText.of(database, key);
        if (differing.add(ContentDigest.of(ContentDigest.text(Integer.toString(database)), key))) {
            differences++;
            if (first.size() < LISTED) {
                first.add(new Difference(side, item, detail));
            }
        }
    }

    synchronized void unknown(String reason) {
        unknown = Optional.ofNullable(unknown).orElse(reason);
    }

    /** A difference that was seen outweighs what could not be told. */
    synchronized Comparison outcome() {
        if (differences > 0) {
            return new Comparison.Different(differences, first);
        }
        return unknown != null ? new Comparison.Unknown(unknown) : new Comparison.Same(items, bytes, content.hex());
    }
}
