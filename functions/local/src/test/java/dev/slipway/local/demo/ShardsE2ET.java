package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.account.Clients;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.Phase;
import dev.slipway.migration.ShardReference;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.StoreVerb;
import dev.slipway.report.Report;
import dev.slipway.report.ShardsReport;
import dev.slipway.report.StoreReport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An app whose database is copied by three workers at once: one attempt that breaks, one that is stopped, one that loses workers. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShardsE2ET {
    private static final String STORE = "postgres";
    private static final int WORKERS = 3;
    /** Two jobs in each worker. */
    private static final int SESSIONS = 2 * WORKERS;

    private static final int TABLES = 9;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Between two weights: all of both sides is compared before the last, when the app writes to the target. */
    private static final int SHIFT_SECONDS = 6;

    private DemoStory story;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepare(
                SampleData.withRows(2_000), SHIFT_SECONDS, 10, Map.of(STORE, new CopyPace(WORKERS, 2, 0)));
        StoreUrl source = story.demo().source().postgresUrl();
        for (int table = 1; table <= TABLES; table++) {
            run(
                    source,
                    "CREATE TABLE wide_" + table + " (id int PRIMARY KEY, text text);"
                            + " INSERT INTO wide_" + table
                            + " SELECT n, repeat(md5(n::text), 20) FROM generate_series(1, 5000) n");
        }
    }

    @AfterAll
    void close() {
        story.close();
    }

    @Test
    @Order(1)
    void tellsWhyAShardFailedAndHoldsTheSnapshotNoLonger() throws Exception {
        AtomicReference<CompletableFuture<Void>> broken = new AtomicReference<>();
        MigrationWatch.Ending ending = story.follow(
                story.start(),
                watch -> whenCut(watch, broken, () -> {
                    run(story.operator(STORE), "ALTER TABLE wide_9 ADD CONSTRAINT planted CHECK (id < 0)");
                }));
        Report report = story.expectRolledBack(ending);
        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.state()).isEqualTo("Restore stores");
            assertThat(failure.error()).isEqualTo("CopyFailed");
            assertThat(failure.cause()).startsWith("Tried to copy shard 000").contains("planted");
        });
        assertThat(workers(StoreVerb.COORDINATE)).isEmpty();
        assertThat(workers(StoreVerb.SHARD)).isEmpty();
    }

    @Test
    @Order(2)
    void replacesACoordinatorThatDiesEarlyAndEndsTheNextOneWhenAllShardsAreCopied() throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        String execution = story.start();
        story.expectRolledBack(story.follow(execution, watch -> {
            if (!killed.get()) {
                workers(StoreVerb.COORDINATE).forEach(coordinator -> killed.set(coordinator.destroyForcibly()));
            }
            if (watch.hasEntered("Verify") && stopped.compareAndSet(false, true)) {
                ended.set(comesTrue(() -> workers(StoreVerb.COORDINATE).isEmpty()));
                story.pipeline().machines().stopExecution(request -> request.executionArn(execution));
            }
        }));
        assertThat(ended).isTrue();
        assertThat(coordination().tries()).isEqualTo(2);
        assertThat(shardResults()).allSatisfy(shard -> assertThat(shard.tries()).isEqualTo(1));
    }

    @Test
    @Order(3)
    void completesThoughAWorkerAndThenTheCoordinatorAreKilled() throws Exception {
        AtomicReference<CompletableFuture<Void>> killing = new AtomicReference<>();
        AtomicReference<List<String>> differences =
                new AtomicReference<>(List.of("the check from outside did not run"));
        AtomicBoolean checked = new AtomicBoolean();
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {
            whenCut(watch, killing, this::killAWorkerAndThenTheCoordinator);
            if (watch.state().equals("Shift weights") && checked.compareAndSet(false, true)) {
                differences.set(story.differences());
            }
        });
        assertThat(killing.get()).succeedsWithin(PATIENCE);
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        assertThat(differences.get())
                .as("each side has its own fence at that moment, and nothing else differs")
                .containsExactlyInAnyOrder(
                        "table slipway.fence differs", "file .slipway-fence is on the first side only");
        assertThat(shardResults()).extracting(StoreResult::tries).containsExactlyInAnyOrder(1, 1, 2);
        assertThat(story.result(ending, StoreVerb.RESTORE, STORE).tries()).isEqualTo(1);
        assertThat(workers(StoreVerb.SHARD)).isEmpty();
    }

    @Test
    @Order(4)
    void saysInTheReportWhatEachShardHad() throws Exception {
        Report report = story.report(story.row());
        StoreReport postgres = report.stores().stream()
                .filter(store -> store.name().equals(STORE))
                .findFirst()
                .orElseThrow();
        ShardsReport shards = postgres.copy().orElseThrow().shards().orElseThrow();
        assertThat(shards.atOnce()).isEqualTo(WORKERS);
        assertThat(shards.shards()).extracting(ShardsReport.Shard::name).containsExactly("0001", "0002", "0003");
        assertThat(shards.shards().stream().mapToLong(ShardsReport.Shard::items).sum())
                .as("every row is of one shard, and of one only")
                .isEqualTo(postgres.copy().orElseThrow().items().orElseThrow());
    }

    @Test
    @Order(5)
    void showsTheMapRunInTheHistoryOfItsExecution() {
        assertThat(story.states(story.nested("ShardsMachine", "shards-0")))
                .containsExactly(
                        "Coordinate copy",
                        "Is anything left to copy",
                        "Copy shards",
                        "Close snapshot",
                        "Is every shard copied",
                        "Rows are there");
    }

    @Test
    @Order(5)
    void leavesALeaseThatWasRenewedAndClosedAndThatExpiresByItself() {
        try (DynamoDbClient dynamo = Clients.of(DynamoDbClient.builder())) {
            String key =
                    "snapshot/" + DemoStory.APP + "/" + story.row().attempt().number() + "/" + STORE;
            Map<String, AttributeValue> lease = dynamo.getItem(
                            of -> of.tableName(story.pipeline().machine("Migrations"))
                                    .key(Map.of("app", AttributeValue.fromS(key))))
                    .item();
            assertThat(lease.get("closed")).isEqualTo(AttributeValue.fromBool(true));
            assertThat(Integer.parseInt(
                            Objects.requireNonNull(lease.get("renewals")).n()))
                    .isGreaterThanOrEqualTo(WORKERS);
            assertThat(Long.parseLong(
                            Objects.requireNonNull(lease.get("expires")).n()))
                    .isGreaterThan(Instant.now().getEpochSecond());
        }
    }

    /** Nobody can note a chunk while the ledger is locked, so each worker stops in the middle of its first ones. */
    private void killAWorkerAndThenTheCoordinator() {
        try (Connection target = DemoStory.connect(story.operator(STORE));
                Statement statement = target.createStatement()) {
            target.setAutoCommit(false);
            statement.execute("LOCK TABLE slipway.copied IN EXCLUSIVE MODE");
            assertThat(comesTrue(() -> workers(StoreVerb.SHARD).size() == WORKERS
                            && waiting().size() == SESSIONS))
                    .as("three workers copy at the same time")
                    .isTrue();
            Set<Integer> before = waiting();
            ProcessHandle coordinator = workers(StoreVerb.COORDINATE).getFirst();
            kill(workers(StoreVerb.SHARD).getFirst());
            kill(coordinator);
            assertThat(comesTrue(() -> waiting().size() == SESSIONS && !before.containsAll(waiting())))
                    .as("another worker has cut off the sessions of the one that was killed, and copies its shard")
                    .isTrue();
            assertThat(workers(StoreVerb.SHARD)).hasSize(WORKERS);
            target.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sessions on the target that wait for the ledger. */
    private Set<Integer> waiting() {
        try (Connection connection = DemoStory.connect(story.operator(STORE));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'slipway.copied'::regclass")) {
            Set<Integer> waiting = new HashSet<>();
            while (result.next()) {
                waiting.add(result.getInt(1));
            }
            return waiting;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        assertThat(process.onExit()).succeedsWithin(10, TimeUnit.SECONDS);
    }

    private static List<ProcessHandle> workers(StoreVerb verb) {
        return Breaker.workers(verb, STORE);
    }

    /** Once, when the coordinator of the watched attempt has written the list of shards. */
    private void whenCut(MigrationWatch watch, AtomicReference<CompletableFuture<Void>> once, Runnable deed) {
        if (once.get() == null
                && watch.attempt().filter(attempt -> isCut(attempt)).isPresent()) {
            once.set(CompletableFuture.runAsync(deed, task -> Thread.ofVirtual().start(task)));
        }
    }

    private boolean isCut(Attempt attempt) {
        return story.pipeline()
                .artifacts()
                .find(attempt.shards(STORE), ShardReference[].class)
                .isPresent();
    }

    private static boolean comesTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < end) {
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
    }

    private StoreResult coordination() {
        return story.pipeline()
                .artifacts()
                .read(story.row().attempt().result(StoreVerb.COORDINATE, STORE), StoreResult.class);
    }

    private List<StoreResult> shardResults() {
        return story.pipeline().artifacts().all(story.row().attempt().shardResults(STORE), StoreResult.class);
    }

    private static void run(StoreUrl url, String sql) {
        try (Connection connection = DemoStory.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
