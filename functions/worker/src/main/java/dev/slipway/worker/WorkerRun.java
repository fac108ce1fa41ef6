package dev.slipway.worker;

import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.Engine;
import dev.slipway.migration.Following;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.SteadyTime;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** One verb of one worker: what it works with in the account, and what it leaves there. */
final class WorkerRun {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerRun.class);
    private static final int SUPERSEDED = 3;

    /** Of the source's log, before following is given up. */
    private static final long MOST_KEPT = 10_000_000_000L;

    private static final Duration BETWEEN_LOOKS_AT_THE_LEASE = Duration.ofSeconds(2);

    private final WorkerSettings settings;
    private final Attempt attempt;
    private final String store;
    private final String shard;
    private final int tries;
    private final JsonArtifacts artifacts;

    /** @param shard its name, for that verb only */
    WorkerRun(WorkerSettings settings, Attempt attempt, String store, String shard, int tries) {
        this.settings = settings;
        this.attempt = attempt;
        this.store = store;
        this.shard = shard;
        this.tries = tries;
        this.artifacts = new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket()));
    }

    /** What is answered, and what is left to be done when that was said. */
    record Finished(StoreResult result, Runnable afterwards) {}

    Finished perform(StoreVerb verb, Answer answer) {
        return switch (verb) {
            case COORDINATE -> beating(answer, this::coordinate);
            case SHARD -> {
                Shard own = artifacts.read(attempt.shard(store, shard), Shard.class);
                yield beating(new RenewingAnswer(answer, lease(), own.claim()), () -> copy(own));
            }
            case FOLLOW -> beating(answer, this::follow);
            case CUTOVER, RETURN -> throw new IllegalArgumentException(verb + " is not the work of one store");
            case INSPECT, SNAPSHOT, FENCE, RESTORE, VERIFY, OPEN, RECLOSE, UNFENCE, TURN, UNFOLLOW, FINISH ->
                beating(answer, () -> wholeStore(verb));
        };
    }

    /** The heart stops before the answer is sent: a beat after it would be refused. */
    private Finished beating(Answer answer, Supplier<Finished> work) {
        try (Heartbeat _ = Heartbeat.start(answer, settings.heartbeat(), WorkerRun::superseded)) {
            return work.get();
        }
    }

    /** Another worker has the store by now; whatever is under way must not be finished. */
    private static void superseded() {
        LOG.error("Another worker has this store by now: stopping at once");
        Runtime.getRuntime().halt(SUPERSEDED);
    }

    private Finished wholeStore(StoreVerb verb) {
        return finished(verb, attempt.progress(store), attempt.result(verb, store), work -> work.perform(verb));
    }

    private Finished copy(Shard own) {
        return finished(
                StoreVerb.SHARD,
                attempt.progress(store, shard),
                attempt.shardResults(store) + shard + ".json",
                work -> work.copy(own));
    }

    private Finished coordinate() {
        Instant started = Instant.now();
        ShardedCopy.Held held = work(Progress.SILENT).coordinate();
        String holder = held.shards().stream()
                .findFirst()
                .map(Shard::claim)
                .orElseGet(() -> UUID.randomUUID().toString());
        lease().open(holder);
        WorkDone done = WorkDone.of(
                StoreResult.Outcome.DONE,
                held.shards().size(),
                held.shards().stream().mapToLong(Shard::bytes).sum(),
                attempt.shards(store));
        StoreResult result = result(StoreVerb.COORDINATE, started, done);
        artifacts.write(attempt.result(StoreVerb.COORDINATE, store), result);
        return new Finished(result, () -> keep(held, holder));
    }

    /** Answers when the target is near, and stays with the source until the stream is over or nobody needs it. */
    private Finished follow() {
        StoreSides sides = sides();
        Following following = sides.following(engine());
        Finished begun = finished(
                StoreVerb.FOLLOW,
                attempt.progress(store),
                attempt.result(StoreVerb.FOLLOW, store),
                work -> work.follow(following));
        LagMetrics measured = new LagMetrics(metrics(), attempt.app(), store, new SteadyTime());
        FollowWatch watch = FollowWatch.open(following, sides.source(), sides.target(), MOST_KEPT, LOG::info, measured);
        try {
            watch.untilNear();
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
        FollowedAttempt followed = new FollowedAttempt(Clients.of(DynamoDbClient.builder()), settings.table(), attempt);
        return new Finished(begun.result(), () -> {
            try (watch) {
                watch.untilOver(followed::stands);
            }
        });
    }

    private void keep(ShardedCopy.Held held, String holder) {
        if (held.shards().isEmpty()) {
            held.close();
        } else {
            new SnapshotKeeper(held, lease(), holder, new SteadyTime()).keep(BETWEEN_LOOKS_AT_THE_LEASE);
        }
    }

    private Finished finished(StoreVerb verb, String note, String key, Function<StoreWork, WorkDone> work) {
        Instant started = Instant.now();
        try (ProgressNote progress = new ProgressNote(artifacts, note, store, verb)) {
            WorkDone done = perform(
                    work, progress, reached -> artifacts.write(key, furthest(key, result(verb, started, reached))));
            StoreResult result = result(verb, started, done);
            artifacts.write(key, result);
            metrics().put(attempt.app(), result);
            done.requireSame(store);
            return new Finished(result, () -> {});
        }
    }

    /** How far it was is worth as much to a reader as why it failed. */
    private WorkDone perform(Function<StoreWork, WorkDone> work, ProgressNote progress, Consumer<WorkDone> failed) {
        try {
            return work.apply(work(progress));
        } catch (RuntimeException e) {
            try {
                Progress.Amount reached = progress.latest();
                failed.accept(WorkDone.of(
                        StoreResult.Outcome.FAILED, reached.items(), reached.bytes(), String.valueOf(e.getMessage())));
            } catch (RuntimeException unwritten) {
                e.addSuppressed(unwritten);
            }
            throw e;
        }
    }

    /** Where a worker before this one failed, too, both are told as one. */
    private StoreResult furthest(String key, StoreResult failed) {
        return artifacts
                .find(key, StoreResult.class)
                .filter(before -> before.outcome() == StoreResult.Outcome.FAILED)
                .map(failed::after)
                .orElse(failed);
    }

    private StoreWork work(Progress progress) {
        return new StoreWork(attempt, plannedStore(), engine(), artifacts, sides(), progress);
    }

    private Engine engine() {
        return Engines.of(plannedStore(), settings, attempt, artifacts);
    }

    private StoreSides sides() {
        return StoreSides.of(
                attempt, store, engine(), artifacts, new FlatSecrets(Clients.of(SecretsManagerClient.builder())));
    }

    private static WorkerMetrics metrics() {
        return new WorkerMetrics(Clients.of(CloudWatchClient.builder()));
    }

    private SnapshotLease lease() {
        return new SnapshotLeaseRow(Clients.of(DynamoDbClient.builder()), settings.table(), attempt, store);
    }

    private PlannedStore plannedStore() {
        return artifacts
                .read(attempt.plan(), Plan.class)
                .store(store)
                .orElseThrow(() -> new InvalidInput(
                        "work on the store " + store,
                        "the plan of " + attempt.app() + " has none of that name",
                        "name one of it"));
    }

    private StoreResult result(StoreVerb verb, Instant started, WorkDone done) {
        return new StoreResult(
                store,
                verb,
                done.outcome(),
                tries,
                started,
                Instant.now(),
                done.items(),
                done.bytes(),
                done.detail(),
                done.differences(),
                done.findings());
    }
}
