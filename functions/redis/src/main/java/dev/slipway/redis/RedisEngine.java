package dev.slipway.redis;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Engine;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Following;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Repair;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.compare.RedisCompare;
import dev.slipway.redis.compare.SameValues;
import dev.slipway.redis.copy.CopyShards;
import dev.slipway.redis.copy.RedisCopy;
import dev.slipway.redis.copy.ShardCopy;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.follow.RedisFollowing;
import dev.slipway.redis.inspect.RedisInspection;
import dev.slipway.redis.inspect.RedisTarget;
import dev.slipway.redis.repair.RedisRepair;
import dev.slipway.redis.snapshot.RedisSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Moves Redis and Valkey: all databases of a single server, or the one that {@code ?db=only} names. */
public final class RedisEngine implements Engine {
    /** How far apart two expiries may be to count as equal: PTTL and TIME are read one after the other. */
    static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final RedisFence fence = new RedisFence();

    @Override
    public StoreKind kind() {
        return StoreKind.REDIS;
    }

    @Override
    public Inspection inspect(StoreUrl store) {
        return new RedisInspection().inspect(store);
    }

    @Override
    public List<Finding> between(StoreUrl source, StoreUrl target) {
        return RedisTarget.findings(source, target);
    }

    @Override
    public SnapshotManifest snapshot(StoreUrl source, Artifacts artifacts, String prefix, Progress progress) {
        return new RedisSnapshot().snapshot(source, artifacts, prefix, progress);
    }

    @Override
    public CopyOutcome copy(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        return copies().copy(source, target, options, progress);
    }

    private RedisCopy copies() {
        return new RedisCopy(
                TOLERANCE,
                fence,
                new SameValues(TOLERANCE)::different,
                (from, to) -> compare(from, to, Progress.SILENT));
    }

    @Override
    public Optional<ShardedCopy> sharded() {
        return Optional.of(new ShardedCopy() {
            @Override
            public Held begin(StoreUrl source, StoreUrl target, CopyOptions options, int workers) {
                return new CopyShards(fence).begin(source, target, options, workers);
            }

            @Override
            public CopyOutcome.Copied copy(
                    StoreUrl source, StoreUrl target, CopyOptions options, Shard shard, Progress progress) {
                return new ShardCopy(copies(), fence).copy(source, target, options, shard, progress);
            }
        });
    }

    @Override
    public Optional<Following> following() {
        return Optional.of(new RedisFollowing(copies(), fence, new RedisCompare(TOLERANCE)));
    }

    @Override
    public Comparison compare(StoreUrl source, StoreUrl target, Progress progress) {
        return new RedisCompare(TOLERANCE).compare(source, target, progress);
    }

    @Override
    public Repair repair(StoreUrl source, StoreUrl target, Progress progress) {
        return new RedisRepair(new RedisCompare(TOLERANCE), progress).run(source, target);
    }

    @Override
    public void fence(StoreUrl store, FenceToken token) {
        fence.fence(store, token);
    }

    @Override
    public Optional<FenceToken> fenced(StoreUrl store) {
        return fence.fenced(store);
    }

    @Override
    public void unfence(StoreUrl store, FenceToken token) {
        fence.unfence(store, token);
    }
}
