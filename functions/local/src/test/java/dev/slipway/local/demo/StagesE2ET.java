package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.report.Report;
import dev.slipway.report.StoreReport;
import dev.slipway.report.WeightStep;
import java.io.IOException;
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

/** ProStudio's phases, each a migration of its own: Redis alone, then a load balancer before the server that goes on. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StagesE2ET {
    private StagedApp app;
    private String redis;
    private String balancer;

    @BeforeAll
    void start() throws Exception {
        app = StagedApp.start();
        redis = app.upload("redis");
        balancer = app.upload("load-balancer");
    }

    @AfterAll
    void close() {
        app.close();
    }

    @Test
    @Order(1)
    void givesRedisBackWhereTheRunIsStopped() throws Exception {
        app.fill();
        MigrationWatch.Ending ending = app.move(redis, stopIn(redis, "Prove it once more"));
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
        assertThat(states(ending)).endsWith("Nothing to shift", "Is the source still the writer", "Prove it once more");
        assertThat(StagedApp.ask(app.source(), "SET film:0 frames-0"))
                .as("the source takes writes again")
                .containsExactly("+OK", "+OK", "+OK");
        assertThat(report(ending).outcome()).isEqualTo(Report.Outcome.ROLLED_BACK);
    }

    @Test
    @Order(2)
    void movesRedisAlone() throws Exception {
        long keys = app.fill();
        MigrationWatch.Ending ending = app.move(redis, watch -> {});
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        assertThat(states(ending))
                .containsExactly(
                        "Check the input",
                        "Take the lock",
                        "Plan migration",
                        "Inspect source",
                        "Provision target",
                        "Are there images to copy",
                        "Snapshot source",
                        "Does the target follow",
                        "Fence source",
                        "Restore stores",
                        "Verify",
                        "Deploy services",
                        "Do the writes come first",
                        "Is there a record to shift",
                        "Nothing to shift",
                        "Is the source still the writer",
                        "Prove it once more",
                        "Begin the cutover",
                        "Cut over",
                        "Start schedules",
                        "Complete");
        assertThat(StagedApp.ask(target(redis), "GET film:7\r\nSET film:new 1\r\nDBSIZE"))
                .as("the target takes writes")
                .contains("frames-7", "+OK", ":" + (keys + 1));
        assertThat(StagedApp.ask(app.source(), "SET film:old 1"))
                .as("the source takes none")
                .anyMatch(line -> line.startsWith("-"));
        assertThat(report(ending).stores()).extracting(StoreReport::name).containsExactly("redis");
    }

    @Test
    @Order(3)
    void putsTheRecordBackWhereTheRunIsStoppedAmidTheShift() throws Exception {
        Map<String, Integer> before = app.records();
        assertThat(before).containsExactly(Map.entry(StagedApp.WAS, 100));
        MigrationWatch.Ending ending = app.move(balancer, stopIn(balancer, "Shift weights"));
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
        assertThat(states(ending)).endsWith("Shift weights");
        assertThat(app.records()).isEqualTo(before);
        assertThat(app.call("/films").headers().firstValue("X-Routed-To")).contains("old");
        assertThat(report(ending).leftovers())
                .extracting(Report.Leftover::where)
                .contains("slipway-prostudio-load-balancer");
        assertThat(app.failures()).as("calls that failed").isZero();
    }

    @Test
    @Order(4)
    void leadsAllOfTheTrafficThroughALoadBalancerToTheServerThatGoesOn() throws Exception {
        MigrationWatch.Ending ending = app.move(balancer, watch -> {});
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        assertThat(states(ending))
                .containsSubsequence("Provision target", "Deploy services", "Shift weights", "Cut over", "Complete")
                .doesNotContain("Roll back", "Nothing to shift");
        assertThat(app.records()).containsEntry("balancer", 100).containsEntry(StagedApp.WAS, 0);
        assertThat(app.call("/films")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("/films");
            assertThat(answer.headers().firstValue("X-Routed-To"))
                    .isPresent()
                    .get()
                    .isNotEqualTo("old");
        });
        Report report = report(ending);
        assertThat(report.stores())
                .as("Redis stays where the first phase has moved it")
                .isEmpty();
        assertThat(report.shift())
                .extracting(WeightStep::errors)
                .allSatisfy(errors -> assertThat(errors.orElse(0L)).isZero());
        assertThat(app.failures()).as("calls that failed").isZero();
    }

    /** What it is told to do once, as soon as the execution was in that state. */
    private Consumer<MigrationWatch> stopIn(String name, String state) {
        AtomicBoolean stopped = new AtomicBoolean();
        return watch -> {
            if (watch.hasEntered(state) && stopped.compareAndSet(false, true)) {
                String execution = app.pipeline().row(name).orElseThrow().execution();
                app.pipeline().machines().stopExecution(request -> request.executionArn(execution));
            }
        };
    }

    private List<String> states(MigrationWatch.Ending ending) {
        return app.states(ending.row().orElseThrow().execution());
    }

    private Report report(MigrationWatch.Ending ending) throws IOException {
        return app.report(ending.row().orElseThrow());
    }

    private StoreUrl target(String name) {
        String host = app.pipeline()
                .artifacts()
                .read(app.pipeline().row(name).orElseThrow().attempt().target(), TargetOutputs.class)
                .value("RedisHost");
        return app.run().room().operatorAt(host).orElseThrow(() -> new AssertionError("no server answers as " + host));
    }
}
