package dev.slipway.redis.copy;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.KeyServer;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayList;
import java.util.List;

/** Claims a target for several workers and cuts the source's keys by their slots. Nobody has to hold anything: the fence does. */
public final class CopyShards {
    /** So that one that is slow does not keep all workers waiting; but each reads the names of a server's keys once more. */
    private static final int SHARDS_PER_WORKER = 4;

    private final RedisFence fence;

    public CopyShards(RedisFence fence) {
        this.fence = fence;
    }

    public ShardedCopy.Held begin(StoreUrl sourceUrl, StoreUrl targetUrl, CopyOptions options, int workers) {
        String what = RedisCopy.what(sourceUrl, targetUrl) + " by " + workers + " workers";
        try (RedisStore source = RedisStore.open(sourceUrl);
                RedisStore target = RedisStore.open(targetUrl)) {
            RedisFence.Hold hold = fence.require(source, options.fence().orElseThrow());
            RedisCopy.requireComplete(source, what);
            CopyClaim claim = RedisCopy.claim(source, target, options, what);
            List<Shard> shards =
                    claim.isCompleteBehind(hold.toString()) ? List.of() : shards(source, target, workers, hold, claim);
            return new ShardedCopy.NothingHeld(shards);
        } catch (RedisCommandExecutionException e) {
            throw RefusedCopy.of(what, e);
        }
    }

    private static List<Shard> shards(
            RedisStore source, RedisStore target, int workers, RedisFence.Hold hold, CopyClaim claim) {
        List<SlotCuts.Stretch> stretches = new ArrayList<>();
        int servers = 1;
        for (DatabasePair pair : DatabasePair.of(source, target)) {
            List<KeyServer> all = source.servers(pair.source()).stream()
                    .filter(server -> server.slots().count() > 0)
                    .toList();
            servers = all.size();
            all.forEach(
                    server -> stretches.add(new SlotCuts.Stretch(pair.source(), server.slots(), source.keys(server))));
        }
        List<Shard> shards = new ArrayList<>();
        for (List<SlotCuts.Cut> cuts : SlotCuts.of(stretches, workers * Math.min(SHARDS_PER_WORKER, servers))) {
            shards.add(new Shard(
                    "%04d".formatted(shards.size() + 1),
                    hold.toString(),
                    claim.id(),
                    0,
                    cuts.stream()
                            .map(cut -> new Shard.Piece(
                                    Integer.toString(cut.database()),
                                    cut.slots().toString()))
                            .toList()));
        }
        claim.share(shards.size(), hold.toString());
        return shards;
    }
}
