package dev.slipway.redis.copy;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Shard;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.MovingSlots;
import dev.slipway.redis.session.KeyServer;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Slots;
import io.lettuce.core.RedisCommandExecutionException;

/** Copies the keys of some slots beside the workers of the others. What the target has too much of is left to whoever finishes the copy. */
public final class ShardCopy {
    private final RedisCopy copy;
    private final RedisFence fence;

    public ShardCopy(RedisCopy copy, RedisFence fence) {
        this.copy = copy;
        this.fence = fence;
    }

    /** @return all keys of the shard, whichever worker of it brought them */
    public CopyOutcome.Copied copy(
            StoreUrl sourceUrl, StoreUrl targetUrl, CopyOptions options, Shard shard, Progress progress) {
        String what = RedisCopy.what(sourceUrl, targetUrl) + ", shard " + shard.name();
        FenceToken token = options.fence().orElseThrow();
        try (RedisStore source = RedisStore.open(sourceUrl);
                RedisStore target = RedisStore.open(targetUrl)) {
            RedisFence.Hold hold = fence.require(source, token);
            if (!hold.toString().equals(shard.snapshot())) {
                throw new FenceBroken(
                        what,
                        "the fence was lifted and raised again since the copy began",
                        "copy again from the beginning");
            }
            CopyClaim claim = CopyClaim.join(target.shared(DatabasePair.claimed(target)), shard, what);
            Evictions evictions = Evictions.of(target);
            Tally tally = new Tally(keys(source, shard), evictions.ending(progress, what));
            KeyCopy.Job job = copy.job(source, target, claim, options, tally);
            boolean whole = evictions.during(
                    () -> MovingSlots.settle(source, target, first -> {
                        tally.begin();
                        copy(job, shard, options.pace().jobs(), claim.isTakenOver() || !first);
                    }),
                    what);
            claim.require();
            fence.requireUnbroken(source, token, hold);
            // Otherwise whoever finishes the copy looks at all keys.
            if (whole) {
                claim.done();
            }
            return tally.all();
        } catch (RedisCommandExecutionException e) {
            throw RefusedCopy.of(what, e);
        }
    }

    private static void copy(KeyCopy.Job job, Shard shard, int jobs, boolean comparing) {
        for (Shard.Piece piece : shard.pieces()) {
            int database = Integer.parseInt(piece.table());
            new ScanPass(job, DatabasePair.of(job.source(), job.target(), database), jobs)
                    .run(Slots.parse(piece.part()), comparing);
        }
    }

    /** As if each slot had as many as the others of its server. */
    private static long keys(RedisStore source, Shard shard) {
        double keys = 0;
        for (Shard.Piece piece : shard.pieces()) {
            Slots slots = Slots.parse(piece.part());
            for (KeyServer server : source.servers(Integer.parseInt(piece.table()))) {
                Slots own = server.slots();
                keys += (double) source.keys(server) * own.and(slots).count() / Math.max(1, own.count());
            }
        }
        return Math.round(keys);
    }
}
