package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.compose.AppFiles;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.report.Report;
import dev.slipway.worker.AppUpload;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What else can go wrong: one app, attempt after attempt, each of them back on its source, and a last one that reaches its end. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BreakageE2ET {
    private static final int HEARTBEAT_SECONDS = 6;
    private static final Duration LONGER_THAN_A_HEARTBEAT = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoStory story;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepare(SampleData.withRows(2_000), 1, HEARTBEAT_SECONDS, Map.of());
    }

    @AfterAll
    void close() {
        story.close();
    }

    @Test
    @Order(1)
    void rollsBackWhenTheAccountHasNoCapacity() throws Exception {
        Report report = story.expectRolledBack(story.attempt(Breakage.PROVISION));
        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.state()).isEqualTo("Provision target");
            assertThat(failure.error()).isEqualTo("ProvisionFailed");
            assertThat(failure.cause()).contains("The requested cache node type is not available in this zone");
        });
        story.run().faults(Map.of());
    }

    @Test
    @Order(2)
    void changesNothingInATargetThatIsNotEmpty() throws Exception {
        AtomicBoolean planted = new AtomicBoolean();
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {
            if (!planted.get()) {
                watch.attempt().flatMap(story::bucket).ifPresent(bucket -> {
                    story.pipeline().s3().putObject(to -> to.bucket(bucket).key("theirs"), RequestBody.fromString("1"));
                    planted.set(true);
                });
            }
        });
        Report report = story.expectRolledBack(ending);
        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.error()).isEqualTo("TargetNotEmpty");
            assertThat(failure.cause())
                    .startsWith("Tried to copy media but the target s3://")
                    .endsWith(
                            "holds data that this migration did not make: empty it, or let Slipway provision a target of its own");
        });
        String bucket = story.bucket(story.row().attempt()).orElseThrow();
        assertThat(story.pipeline().s3().listObjectsV2(of -> of.bucket(bucket)).contents())
                .as("what was there is there, and nothing else")
                .singleElement()
                .satisfies(object -> assertThat(object.key()).isEqualTo("theirs"));
        story.pipeline().s3().deleteObject(of -> of.bucket(bucket).key("theirs"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    unreachable    | POSTGRES_PORT     | 9     | Tried to connect to postgres://
                    wrong-password | POSTGRES_PASSWORD | wrong | Tried to connect to postgres://
                    """)
    @Order(3)
    void saysInOneLineThatASourceCanNotBeUsed(String app, String variable, String value, String begin)
            throws Exception {
        upload(app, variable, value);
        MigrationWatch.Ending ending =
                story.follow(app, story.pipeline().start("{\"app\":\"" + app + "\"}"), watch -> {});
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
        assertThat(ending.cause()).startsWith(begin).doesNotContain("\n", value.equals("9") ? "\n" : value + "@");
        Report report = story.report(ending.row().orElseThrow());
        assertThat(report.failure())
                .hasValueSatisfying(failure -> assertThat(failure.state()).isEqualTo("Inspect source"));
        assertThat(report.leftovers()).isEmpty();
    }

    /** States that change something; in the cutover nothing was written to the target yet. */
    @ParameterizedTest
    @ValueSource(strings = {"Snapshot source", "Restore stores", "Shift weights", "Cut over"})
    @Order(4)
    void rollsBackWhenTheExecutionIsStoppedIn(String state) throws Exception {
        String execution = story.start();
        Report report = story.expectRolledBack(story.follow(execution, story.stopIn(state, execution)));
        assertThat(report.failure())
                .hasValueSatisfying(failure -> assertThat(failure.error()).isEqualTo("ABORTED"));
        assertThat(Breaker.workers(StoreVerb.RESTORE, "postgres")).isEmpty();
    }

    /** All others. */
    @ParameterizedTest
    @Tag("soak")
    @ValueSource(
            strings = {
                "Plan migration",
                "Inspect source",
                "Provision target",
                "Fence source",
                "Verify",
                "Deploy services",
                "Prove it once more"
            })
    @Order(4)
    void rollsBackWhenTheExecutionIsStoppedInAnotherState(String state) throws Exception {
        rollsBackWhenTheExecutionIsStoppedIn(state);
    }

    /** What no Catch sees: the execution's own time is over, or a state fails at run time. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TIMED_OUT | /               | {"TimeoutSeconds": 20}
                    Runtime   | /States/Verify/ | {"Type": "Fail", "Error": "States.Runtime", "Cause": "planted"}
                    """)
    @Order(5)
    void rollsBackWhenTheExecutionEndsWhereNoCatchLooks(String error, String where, String change) throws Exception {
        String machine = story.pipeline().machine("MigrationMachine");
        String definition = definition(machine);
        ObjectNode changed = (ObjectNode) JSON.readTree(definition);
        ObjectNode part = (ObjectNode) changed.at(where.substring(0, where.length() - 1));
        JSON.readTree(change).properties().forEach(field -> part.set(field.getKey(), field.getValue()));
        redefine(machine, changed.toString());
        Report report = story.expectRolledBack(story.follow(story.start(), watch -> {}));
        assertThat(report.failure())
                .hasValueSatisfying(failure -> assertThat(failure.error()).isEqualTo(error));
        redefine(machine, definition);
    }

    @Test
    @Order(6)
    void rollsBackWhenTheNewSideAnswersWithErrors() throws Exception {
        Report report = story.expectRolledBack(story.attempt(Breakage.TARGET_ERRORS));
        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.state()).isEqualTo("Shift weights");
            assertThat(failure.error()).isEqualTo("GateFailed");
        });
    }

    /** One worker is muted past its heartbeat, another copies for longer than a heartbeat, and a stop comes too late to go back. */
    @Test
    @Order(7)
    void losesNoWriteOfTheTargetThoughItIsStoppedInTheCutover() throws Exception {
        AtomicBoolean muted = new AtomicBoolean();
        AtomicBoolean delayed = new AtomicBoolean();
        AtomicBoolean written = new AtomicBoolean();
        String machine = story.pipeline().machine("MigrationMachine");
        String definition = definition(machine);
        redefine(machine, pausedAfterTheCutover(definition));
        String execution = story.start();
        MigrationWatch.Ending ending = story.follow(execution, watch -> {
            if (watch.state().equals("Restore stores") && delayed.compareAndSet(false, true)) {
                Thread.ofVirtual().start(this::holdATable);
            }
            if (watch.state().equals("Restore stores") && !muted.get()) {
                muted.set(freezeWorker());
            }
            if (watch.hasEntered("Cut over") && !written.get() && writesToTheTarget()) {
                written.set(true);
                story.pipeline().machines().stopExecution(request -> request.executionArn(execution));
            }
        });
        redefine(machine, definition);
        assertThat(written.get()).isTrue();
        assertThat(muted.get()).isTrue();
        assertThat(ending.phase())
                .hasValueSatisfying(phase -> assertThat(phase.isPastCutover()).isTrue());
        assertThat(story.result(ending, StoreVerb.RESTORE, "redis").tries()).isEqualTo(2);
        assertThat(story.result(ending, StoreVerb.RESTORE, "postgres")).satisfies(restored -> {
            assertThat(restored.tries()).isEqualTo(1);
            assertThat(Duration.between(restored.started(), restored.ended()))
                    .isGreaterThan(Duration.ofSeconds(HEARTBEAT_SECONDS));
        });
        assertThat(writesToTheTarget()).isTrue();
    }

    /** Between the cutover and the end it is the target that takes writes; on a quick machine that is over between two looks. */
    private static String pausedAfterTheCutover(String definition) throws IOException {
        ObjectNode changed = (ObjectNode) JSON.readTree(definition);
        ((ObjectNode) changed.at("/States/Cut over")).put("Next", "Pause");
        ((ObjectNode) changed.get("States"))
                .putObject("Pause")
                .put("Type", "Wait")
                .put("Seconds", 60)
                .put("Next", "Complete");
        return changed.toString();
    }

    private String definition(String machine) {
        return story.pipeline()
                .machines()
                .describeStateMachine(of -> of.stateMachineArn(machine))
                .definition();
    }

    private void redefine(String machine, String definition) {
        story.pipeline()
                .machines()
                .updateStateMachine(of -> of.stateMachineArn(machine).definition(definition));
    }

    private boolean writesToTheTarget() {
        try {
            var answer = Visits.write(story.demo(), "http://" + story.demo().record() + "/auth/messages");
            boolean old = answer.headers()
                    .firstValue("X-Routed-To")
                    .filter("old"::equals)
                    .isPresent();
            return answer.statusCode() == 201 && !old;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void upload(String app, String variable, String value) throws IOException {
        Map<String, String> environment = new TreeMap<>(story.demo().source().environment());
        environment.put(variable, value);
        DemoAppFolder folder = DemoAppFolder.write(
                story.demo().sample(),
                story.run().checkout(),
                story.run().folder().path().resolve(app),
                new DemoAppFolder.Wishes(app, 1, Map.of(), Strategy.FREEZE),
                environment);
        new AppUpload(
                        story.pipeline().artifacts().artifacts(),
                        new FlatSecrets(Clients.of(SecretsManagerClient.builder())))
                .put(AppFiles.readDirectory(folder.folder()));
    }

    /** Lets the copy wait for a lock. */
    private void holdATable() {
        try (Connection connection = DemoStory.connect(story.demo().source().postgresUrl());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE children IN ACCESS EXCLUSIVE MODE");
            while (Breaker.workers(StoreVerb.RESTORE, "postgres").isEmpty()) {
                Thread.sleep(50);
            }
            Thread.sleep(LONGER_THAN_A_HEARTBEAT.toMillis());
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean freezeWorker() {
        List<ProcessHandle> workers = Breaker.workers(StoreVerb.RESTORE, "redis");
        workers.forEach(worker -> signal("STOP", worker));
        return !workers.isEmpty();
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
