package dev.slipway.postgres;

import dev.slipway.migration.AppLogins;
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
import dev.slipway.migration.SourceDigests;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.access.PostgresPair;
import dev.slipway.postgres.compare.PostgresCompare;
import dev.slipway.postgres.copy.PostgresCopy;
import dev.slipway.postgres.fence.PostgresFence;
import dev.slipway.postgres.follow.PostgresFollowing;
import dev.slipway.postgres.inspect.PostgresInspection;
import dev.slipway.postgres.inspect.PostgresTarget;
import dev.slipway.postgres.logins.PostgresLogins;
import dev.slipway.postgres.repair.PostgresRepair;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.shards.CopyShards;
import dev.slipway.postgres.shards.ShardCopy;
import dev.slipway.postgres.snapshot.PostgresSnapshot;
import dev.slipway.postgres.table.TableChunk;
import dev.slipway.postgres.tools.PostgresTools;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves Postgres databases. */
public final class PostgresEngine implements Engine {
    private static final Duration PATIENCE_FOR_LOCKS = Duration.ofSeconds(45);
    private final PostgresTools tools;
    private final PostgresFence fence;
    private final long chunkBytes;

    /** @param tools needed by {@link #snapshot} and {@link #copy}; {@link #inspect} says where they are missing */
    public PostgresEngine(PostgresTools tools) {
        this(tools, PATIENCE_FOR_LOCKS);
    }

    /** @param patience how long a fence waits for transactions that are open */
    public PostgresEngine(PostgresTools tools, Duration patience) {
        this(tools, patience, TableChunk.BYTES);
    }

    /** @param chunkBytes how much of a table is copied in one transaction */
    PostgresEngine(PostgresTools tools, Duration patience, long chunkBytes) {
        this.tools = tools;
        this.fence = new PostgresFence(patience);
        this.chunkBytes = chunkBytes;
    }

    @Override
    public StoreKind kind() {
        return StoreKind.POSTGRES;
    }

    @Override
    public Inspection inspect(StoreUrl store) {
        return new PostgresInspection(tools).run(store);
    }

    @Override
    public List<Finding> between(StoreUrl source, StoreUrl target) {
        try (PostgresSession from = PostgresSession.open(source);
                PostgresSession to = PostgresSession.open(target)) {
            PostgresInspection.makeCareful(from);
            PostgresInspection.makeCareful(to);
            List<Finding> findings = new ArrayList<>(new PostgresTarget(from, to).findings());
            new PostgresPair(source, from, to).obstacles().forEach(obstacle -> findings.add(obstacle.finding()));
            return findings;
        } catch (SQLException e) {
            throw PostgresFailure.unreachable("look at " + source + " beside " + target, e);
        }
    }

    @Override
    public SnapshotManifest snapshot(StoreUrl source, Artifacts artifacts, String prefix, Progress progress) {
        return new PostgresSnapshot(tools).run(source, artifacts, prefix, progress);
    }

    @Override
    public CopyOutcome copy(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        return wholeCopy().run(source, target, options, progress);
    }

    private PostgresCopy wholeCopy() {
        return new PostgresCopy(tools, fence, chunkBytes, (source, target) -> compare(source, target, Progress.SILENT));
    }

    @Override
    public Optional<Following> following() {
        return Optional.of(new PostgresFollowing(wholeCopy(), fence));
    }

    @Override
    public Optional<ShardedCopy> sharded() {
        return Optional.of(new ShardedCopy() {
            @Override
            public Held begin(StoreUrl source, StoreUrl target, CopyOptions options, int workers) {
                return new CopyShards(tools, wholeCopy()).begin(source, target, options, workers);
            }

            @Override
            public CopyOutcome.Copied copy(
                    StoreUrl source, StoreUrl target, CopyOptions options, Shard shard, Progress progress) {
                return new ShardCopy(source, target, options, progress).run(shard);
            }
        });
    }

    @Override
    public Optional<AppLogins> logins() {
        return Optional.of(new PostgresLogins());
    }

    @Override
    public Comparison compare(StoreUrl source, StoreUrl target, Progress progress) {
        return compare(source, target, Optional.empty(), progress);
    }

    @Override
    public Comparison compare(StoreUrl source, StoreUrl target, Optional<SourceDigests> read, Progress progress) {
        return new PostgresCompare().run(source, target, read, progress);
    }

    @Override
    public Repair repair(StoreUrl source, StoreUrl target, Progress progress) {
        return new PostgresRepair(source, target, progress).run();
    }

    @Override
    public void fence(StoreUrl store, FenceToken token) {
        fence.raise(store, token);
    }

    /** @throws dev.slipway.migration.exception.FenceBroken if a fence was raised but a part of it is gone */
    @Override
    public Optional<FenceToken> fenced(StoreUrl store) {
        return fence.standing(store);
    }

    @Override
    public void unfence(StoreUrl store, FenceToken token) {
        fence.lower(store, token);
    }
}
