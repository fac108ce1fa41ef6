package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.blueprints.LogicalName;
import dev.slipway.local.Checkout;
import dev.slipway.local.LocalEnvironments;
import dev.slipway.local.LocalRun;
import dev.slipway.local.Pipeline;
import dev.slipway.local.RunFolder;
import dev.slipway.local.account.PythonEnvironments;
import dev.slipway.local.check.OutsideCheck;
import dev.slipway.local.check.OutsideTools;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.report.Report;
import dev.slipway.report.ReportJson;
import dev.slipway.report.WeightStep;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** One app's story in one account: two attempts that break and go back, and a third that reaches the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrationE2ET {
    private static final String APP = "crp-preschool";
    private static final int HEARTBEAT_SECONDS = 8;

    private LocalRun run;
    private Demo demo;
    private List<String> outsideDifferences = List.of("the check from outside did not run");

    @BeforeAll
    void prepare() throws Exception {
        Checkout checkout = Checkout.current();
        LocalEnvironments environments = LocalEnvironments.ensure(checkout, System.getenv(), System.err::println);
        run = LocalRun.start(checkout, RunFolder.create(checkout, Instant.now()), environments);
        demo = Demo.prepare(run, new Demo.Options(APP, new SampleData(200_000, 5_000, 200), 2, HEARTBEAT_SECONDS));
    }

    @AfterAll
    void close() {
        run.close();
    }

    @Test
    @Order(1)
    void failsWithOneLineWhenTheInputNamesNoApp() throws Exception {
        assertThat(follow(demo.pipeline().start("{\"ap\":\"x\"}"), watch -> {}).cause())
                .startsWith("Tried to start a migration but the input names no app: give {\"app\":\"NAME\"}");
        assertThat(demo.pipeline().row(APP)).isEmpty();
    }

    @Test
    @Order(2)
    void failsWithOneLineWhenTheAppWasNotUploaded() throws Exception {
        MigrationWatch.Ending ending = new MigrationWatch(
                        demo.pipeline(), "nobody", demo.pipeline().start("{\"app\":\"nobody\"}"), event -> {})
                .follow(watch -> {});
        assertThat(ending.cause())
                .startsWith("Tried to read the app nobody but there is no s3://")
                .endsWith("upload it with 'slipway app put DIR'");
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
    }

    @Test
    @Order(3)
    void failsWithOneLineWhenTheInputHasAnUnknownField() throws Exception {
        MigrationWatch.Ending ending = follow(start("{\"app\":\"" + APP + "\",\"trafic\":{}}"), watch -> {});
        assertThat(ending.cause()).startsWith("Tried to read the execution's input but Unrecognized field \"trafic\"");
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
    }

    @Test
    @Order(4)
    void rollsBackWhenTheTargetDiesInTheMiddleOfTheCopy() throws Exception {
        MigrationWatch.Ending ending = attempt(Breakage.COPY);
        expectRolledBack(ending, "Restore stores");
        run.room().revive(new Breaker(demo, Breakage.NONE).databaseName());
    }

    @Test
    @Order(5)
    void rollsBackWhenOneByteOfOneObjectDiffers() throws Exception {
        MigrationWatch.Ending ending = attempt(Breakage.VERIFY);
        Report report = expectRolledBack(ending, "Verify");
        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.error()).isEqualTo("StoresDiffer");
            assertThat(failure.cause()).startsWith("Tried to compare media but 1 different");
        });
    }

    @Test
    @Order(6)
    void completesThoughAWorkerIsKilledInTheMiddleOfItsCopy() throws Exception {
        Breaker breaker = new Breaker(demo, Breakage.WORKER_KILLED);
        String execution = start("{\"app\":\"" + APP + "\"}");
        MigrationWatch.Ending ending = follow(execution, watch -> {
            breaker.accept(watch);
            if (watch.state().equals("Shift weights")) {
                checkFromOutsideOnce();
            }
        });
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        assertThat(result(ending, StoreVerb.RESTORE, "postgres").tries()).isEqualTo(2);
        assertThat(outsideDifferences)
                .as("each side has its own fence at that moment, and nothing else differs")
                .containsExactlyInAnyOrder(
                        "table slipway.fence differs", "file .slipway-fence is on the first side only");
    }

    @Test
    @Order(7)
    void showsTheStatesInOrderAndTheWorkerAsAnEcsTask() {
        String execution = demo.pipeline().row(APP).orElseThrow().execution();
        assertThat(history(execution).stream()
                        .filter(event -> event.stateEnteredEventDetails() != null)
                        .map(event -> event.stateEnteredEventDetails().name()))
                .containsExactly(
                        "Check the input",
                        "Take the lock",
                        "Plan migration",
                        "Inspect source",
                        "Provision target",
                        "Snapshot source",
                        "Fence source",
                        "Restore stores",
                        "Verify",
                        "Deploy services",
                        "Shift weights",
                        "Prove it once more",
                        "Begin the cutover",
                        "Cut over",
                        "Complete");
        assertThat(history(nested("restore")))
                .filteredOn(event -> event.type() == HistoryEventType.TASK_SUBMITTED)
                .anySatisfy(event -> {
                    assertThat(event.taskSubmittedEventDetails().resourceType()).isEqualTo("ecs");
                    assertThat(event.taskSubmittedEventDetails().resource()).isEqualTo("runTask.waitForTaskToken");
                });
    }

    @Test
    @Order(8)
    void raisedTheWeightsInStepsOfTenWithoutAnError() throws Exception {
        Report report = report(demo.pipeline().row(APP).orElseThrow());
        assertThat(report.shift().stream()
                        .filter(step -> step.requests().isPresent())
                        .map(WeightStep::weight))
                .containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
        assertThat(report.shift())
                .allSatisfy(step -> assertThat(step.errors().orElse(0L)).isZero());
        assertThat(report.stores()).hasSize(3);
    }

    @Test
    @Order(9)
    void letsUsersWriteToTheTargetAndNotToTheSourceAfterTheCutover() throws Exception {
        assertThat(Visits.write(demo, "http://" + DemoAppFolder.record(APP) + "/auth/messages")
                        .statusCode())
                .isEqualTo(201);
        assertThat(Visits.write(demo, "http://old.crpschool.com/auth/messages").statusCode())
                .isEqualTo(503);
    }

    @Test
    @Order(10)
    void refusesToMoveItASecondTime() throws Exception {
        MigrationWatch.Ending ending = follow(demo.pipeline().start("{\"app\":\"" + APP + "\"}"), watch -> {});
        assertThat(ending.phase()).isEmpty();
        assertThat(ending.cause())
                .isEqualTo("Tried to start a migration of crp-preschool but it is past its cutover:"
                        + " the target is the writer, there is nothing to move");
        assertThat(demo.pipeline().row(APP).orElseThrow().phase()).isEqualTo(Phase.COMPLETE);
    }

    private MigrationWatch.Ending attempt(Breakage breakage) throws Exception {
        Breaker breaker = new Breaker(demo, breakage);
        breaker.prepare();
        return follow(start("{\"app\":\"" + APP + "\"}"), breaker);
    }

    private String start(String input) {
        return demo.pipeline().start(input);
    }

    private MigrationWatch.Ending follow(String execution, Consumer<MigrationWatch> hook) throws Exception {
        return new MigrationWatch(demo.pipeline(), APP, execution, event -> {}).follow(hook);
    }

    /** The source writable again, all traffic on it, and a report that says which state failed. */
    private Report expectRolledBack(MigrationWatch.Ending ending, String state) throws Exception {
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
        assertThat(ending.cause()).startsWith("Tried to ");
        assertThat(Visits.write(demo, "http://" + DemoAppFolder.record(APP) + "/auth/messages"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(201))
                .satisfies(answer ->
                        assertThat(answer.headers().firstValue("X-Routed-To")).contains("old"));
        Report report = report(ending.row().orElseThrow());
        assertThat(report.outcome()).isEqualTo(Report.Outcome.ROLLED_BACK);
        assertThat(report.failure())
                .hasValueSatisfying(failure -> assertThat(failure.state()).isEqualTo(state));
        assertThat(report.leftovers()).isNotEmpty();
        return report;
    }

    private Report report(Pipeline.Row row) throws Exception {
        return ReportJson.read(
                demo.pipeline().artifacts().text(row.attempt().reportJson()).orElseThrow());
    }

    private StoreResult result(MigrationWatch.Ending ending, StoreVerb verb, String store) {
        return demo.pipeline()
                .artifacts()
                .read(ending.row().orElseThrow().attempt().result(verb, store), StoreResult.class);
    }

    private List<HistoryEvent> history(String execution) {
        return demo
                .pipeline()
                .machines()
                .getExecutionHistoryPaginator(request -> request.executionArn(execution))
                .events()
                .stream()
                .toList();
    }

    private String nested(String verb) {
        int attempt = demo.pipeline().row(APP).orElseThrow().attempt().number();
        return demo
                .pipeline()
                .machines()
                .listExecutions(
                        request -> request.stateMachineArn(demo.pipeline().machine("StoresMachine"))
                                .statusFilter(ExecutionStatus.SUCCEEDED))
                .executions()
                .stream()
                .filter(found -> found.name().equals("m-" + APP + "-" + attempt + "-" + verb))
                .findFirst()
                .orElseThrow()
                .executionArn();
    }

    private void checkFromOutsideOnce() {
        if (!outsideDifferences.equals(List.of("the check from outside did not run"))) {
            return;
        }
        try {
            outsideDifferences = outsideCheck()
                    .differences(
                            new OutsideCheck.Side(
                                    demo.source().postgresUrl(),
                                    demo.source().redisUrl(),
                                    StoreUrl.parse(demo.source().media().toUri().toString())),
                            target());
        } catch (java.io.IOException e) {
            outsideDifferences = List.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OutsideCheck outsideCheck() {
        PythonEnvironments environments = new PythonEnvironments(
                run.checkout().own(), run.checkout().accountFolder(), System.getenv(), System.err::println);
        Path bin = environments.ensure(PythonEnvironments.ACCOUNT).bin("aws");
        OutsideTools tools = new OutsideTools(
                environments.ensure(PythonEnvironments.POSTGRES).bin("psql"),
                environments.ensure(PythonEnvironments.REDIS).bin("redis-cli"),
                bin,
                run.account().environment());
        return new OutsideCheck(tools, run.folder().path().resolve("outside"));
    }

    private OutsideCheck.Side target() {
        TargetOutputs outputs = demo.pipeline()
                .artifacts()
                .read(demo.pipeline().row(APP).orElseThrow().attempt().target(), TargetOutputs.class);
        return new OutsideCheck.Side(
                operator(outputs, "postgres"),
                operator(outputs, "redis"),
                StoreUrl.parse("s3://" + outputs.value(LogicalName.of("media") + "Bucket")));
    }

    private StoreUrl operator(TargetOutputs outputs, String store) {
        String host = outputs.value(LogicalName.of(store) + "Host");
        return Optional.of(host)
                .flatMap(name -> run.room().operatorAt(name))
                .orElseThrow(() -> new AssertionError("no server answers as " + host + " of " + Map.of(store, host)));
    }
}
