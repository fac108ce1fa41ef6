package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.Checkout;
import dev.slipway.local.LocalEnvironments;
import dev.slipway.local.LocalRun;
import dev.slipway.local.RunFolder;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreVerb;
import dev.slipway.report.Report;
import dev.slipway.report.ReportJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What else can go wrong: one app, attempt after attempt, each of them back on its source. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BreakageE2ET {
    private static final String APP = "crp-preschool";
    private static final int HEARTBEAT_SECONDS = 6;

    private LocalRun run;
    private Demo demo;

    @BeforeAll
    void prepare() throws Exception {
        Checkout checkout = Checkout.current();
        LocalEnvironments environments = LocalEnvironments.ensure(checkout, System.getenv(), System.err::println);
        run = LocalRun.start(checkout, RunFolder.create(checkout, Instant.now()), environments);
        demo = Demo.prepare(run, new Demo.Options(APP, SampleData.withRows(2_000), 1, HEARTBEAT_SECONDS));
    }

    @AfterAll
    void close() {
        run.close();
    }

    @Test
    @Order(1)
    void rollsBackWhenTheAccountHasNoCapacity() throws Exception {
        Breaker breaker = new Breaker(demo, Breakage.PROVISION);
        breaker.prepare();
        Report report = expectRolledBack(follow(start(), breaker));
        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.state()).isEqualTo("Provision target");
            assertThat(failure.error()).isEqualTo("ProvisionFailed");
            assertThat(failure.cause()).contains("The requested cache node type is not available in this zone");
        });
        run.faults(Map.of());
    }

    /** Every state that is entered before the point of no return, and the cutover itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Plan migration",
                "Inspect source",
                "Provision target",
                "Snapshot source",
                "Fence source",
                "Restore stores",
                "Verify",
                "Deploy services",
                "Shift weights",
                "Prove it once more"
            })
    @Order(2)
    void rollsBackWhenTheExecutionIsStoppedIn(String state) throws Exception {
        String execution = start();
        MigrationWatch.Ending ending = follow(execution, stopIn(state, execution));
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
        Report report = expectRolledBack(ending);
        assertThat(report.failure())
                .hasValueSatisfying(failure -> assertThat(failure.error()).isEqualTo("ABORTED"));
        assertThat(Breaker.workers(StoreVerb.RESTORE, "postgres")).isEmpty();
    }

    @Test
    @Order(3)
    void rollsBackWhenTheNewSideAnswersWithErrors() throws Exception {
        Report report = expectRolledBack(follow(start(), new Breaker(demo, Breakage.TARGET_ERRORS)));
        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.state()).isEqualTo("Shift weights");
            assertThat(failure.error()).isEqualTo("GateFailed");
        });
    }

    @Test
    @Order(4)
    void replacesAWorkerThatIsMutedPastItsHeartbeat() throws Exception {
        AtomicBoolean muted = new AtomicBoolean();
        MigrationWatch.Ending ending = follow(start(), watch -> {
            if (watch.state().equals("Restore stores") && !muted.get()) {
                muted.set(freezeWorker());
            }
        });
        assertThat(muted.get()).isTrue();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        StoreResult restored = demo.pipeline()
                .artifacts()
                .read(ending.row().orElseThrow().attempt().result(StoreVerb.RESTORE, "redis"), StoreResult.class);
        assertThat(restored.tries()).isEqualTo(2);
    }

    private Consumer<MigrationWatch> stopIn(String state, String execution) {
        AtomicBoolean stopped = new AtomicBoolean();
        return watch -> {
            if (watch.state().equals(state) && stopped.compareAndSet(false, true)) {
                demo.pipeline().machines().stopExecution(request -> request.executionArn(execution));
            }
        };
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
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String start() {
        return demo.pipeline().start("{\"app\":\"" + APP + "\"}");
    }

    private MigrationWatch.Ending follow(String execution, Consumer<MigrationWatch> hook) throws Exception {
        return new MigrationWatch(demo.pipeline(), APP, execution, event -> {}).follow(hook);
    }

    private Report expectRolledBack(MigrationWatch.Ending ending) throws Exception {
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
        assertThat(Visits.write(demo, "http://" + DemoAppFolder.record(APP) + "/auth/messages"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(201))
                .satisfies(answer ->
                        assertThat(answer.headers().firstValue("X-Routed-To")).contains("old"));
        return ReportJson.read(demo.pipeline()
                .artifacts()
                .text(ending.row().orElseThrow().attempt().reportJson())
                .orElseThrow());
    }
}
