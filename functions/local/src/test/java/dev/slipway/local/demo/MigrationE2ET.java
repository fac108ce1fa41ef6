package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.account.Questions;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.report.CopyReport;
import dev.slipway.report.Report;
import dev.slipway.report.WeightStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** One app's story in one account: two attempts that break and go back, and a third that reaches the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrationE2ET {
    private static final String APP = DemoStory.APP;

    private DemoStory story;
    private Optional<List<String>> outsideDifferences = Optional.empty();
    private Optional<String> secondExecution = Optional.empty();

    @BeforeAll
    void prepare() throws Exception {
        SampleData data = new SampleData(200_000, 5_000, 200);
        story = DemoStory.prepare(data, 4, 8, Breakage.WORKER_KILLED.paces(data));
    }

    @AfterAll
    void close() {
        story.close();
    }

    @Test
    @Order(1)
    void failsWithOneLineWhenTheInputNamesNoApp() throws Exception {
        assertThat(story.follow(story.pipeline().start("{\"ap\":\"x\"}"), watch -> {})
                        .cause())
                .startsWith("Tried to start a migration but the input names no app: give {\"app\":\"NAME\"}");
        assertThat(story.pipeline().row(APP)).isEmpty();
    }

    @Test
    @Order(2)
    void failsWithOneLineWhenTheAppWasNotUploaded() throws Exception {
        MigrationWatch.Ending ending =
                story.follow("nobody", story.pipeline().start("{\"app\":\"nobody\"}"), watch -> {});
        assertThat(ending.cause())
                .startsWith("Tried to read the app nobody but there is no s3://")
                .endsWith("upload it with 'slipway app put DIR'");
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
    }

    @Test
    @Order(3)
    void failsWithOneLineWhenTheInputHasAnUnknownField() throws Exception {
        MigrationWatch.Ending ending =
                story.follow(story.pipeline().start("{\"app\":\"" + APP + "\",\"trafic\":{}}"), watch -> {});
        assertThat(ending.cause()).startsWith("Tried to read the execution's input but Unrecognized field \"trafic\"");
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
    }

    @Test
    @Order(4)
    void rollsBackWhenTheTargetDiesInTheMiddleOfTheCopy() throws Exception {
        Report report = expectRolledBack(story.attempt(Breakage.COPY), "Restore stores");
        assertThat(report.stores())
                .filteredOn(store -> store.name().equals("postgres"))
                .flatExtracting(store -> store.copy().stream().toList())
                .singleElement()
                .satisfies(copy -> {
                    assertThat(copy.outcome()).isEqualTo(CopyReport.Outcome.STOPPED);
                    assertThat(copy.items())
                            .hasValueSatisfying(rows -> assertThat(rows).isPositive());
                });
        story.run().room().revive(new Breaker(story.demo(), Breakage.NONE).databaseName());
    }

    @Test
    @Order(5)
    void rollsBackWhenOneByteOfOneObjectDiffers() throws Exception {
        Report report = expectRolledBack(story.attempt(Breakage.VERIFY), "Verify");
        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.error()).isEqualTo("StoresDiffer");
            assertThat(failure.cause()).startsWith("Tried to compare media but 1 different");
        });
    }

    @Test
    @Order(6)
    void completesThoughAWorkerIsKilledInTheMiddleOfItsCopy() throws Exception {
        Breaker breaker = new Breaker(story.demo(), Breakage.WORKER_KILLED);
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {
            breaker.accept(watch);
            if (watch.state().equals("Snapshot source") && secondExecution.isEmpty()) {
                secondExecution = Optional.of(story.start());
            }
            if (watch.state().equals("Shift weights")) {
                checkFromOutsideOnce();
            }
        });
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        assertThat(story.result(ending, StoreVerb.RESTORE, "postgres").tries()).isEqualTo(2);
        assertThat(outsideDifferences.orElseThrow())
                .as("each side has its own fence at that moment, and nothing else differs")
                .containsExactlyInAnyOrder(
                        "table slipway.fence differs", "file .slipway-fence is on the first side only");
    }

    @Test
    @Order(7)
    void refusedASecondExecutionMeanwhile() throws Exception {
        MigrationWatch.Ending ending = story.follow(secondExecution.orElseThrow(), watch -> {});
        assertThat(ending.phase()).as("it never held the migration").isEmpty();
        assertThat(ending.cause())
                .startsWith("Tried to start a migration of crp-preschool but the execution arn:aws:states:")
                .contains(" holds it in phase ")
                .endsWith(": wait for its end, or stop it and it rolls back");
    }

    @Test
    @Order(7)
    void showsTheStatesInOrderAndTheWorkerAsAnEcsTask() {
        String execution = story.row().execution();
        assertThat(story.states(execution))
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
                        "Shift weights",
                        "Is the source still the writer",
                        "Prove it once more",
                        "Begin the cutover",
                        "Cut over",
                        "Start schedules",
                        "Complete");
        assertThat(story.history(story.nested("StoresMachine", "restore")))
                .filteredOn(event -> event.type() == HistoryEventType.TASK_SUBMITTED)
                .anySatisfy(event -> {
                    assertThat(event.taskSubmittedEventDetails().resourceType()).isEqualTo("ecs");
                    assertThat(event.taskSubmittedEventDetails().resource()).isEqualTo("runTask.waitForTaskToken");
                });
    }

    @Test
    @Order(8)
    void raisedTheWeightsInStepsOfTenWithoutAnError() throws Exception {
        Report report = story.report(story.row());
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
        assertThat(Visits.write(story.demo(), "http://" + story.demo().record() + "/auth/messages")
                        .statusCode())
                .isEqualTo(201);
        assertThat(Visits.write(story.demo(), "http://old.crpschool.com/auth/messages")
                        .statusCode())
                .isEqualTo(503);
    }

    /** As Route 53 tells it: a pair of records under the name that users call. */
    @Test
    @Order(9)
    void leftAllOfTheTrafficToTheRecordOfTheNewSide() throws Exception {
        Plan plan = plan();
        try (Questions questions = story.questions()) {
            String zone = questions
                    .ask(
                            "route53",
                            "ListHostedZonesByName",
                            Map.of("DNSName", plan.traffic().zone().orElseThrow()))
                    .at("/HostedZones/0/Id")
                    .asText();
            Map<String, Integer> weights = new TreeMap<>();
            questions
                    .ask("route53", "ListResourceRecordSets", Map.of("HostedZoneId", zone.replace("/hostedzone/", "")))
                    .path("ResourceRecordSets")
                    .valueStream()
                    .filter(set -> set.path("Name")
                            .asText()
                            .equals(plan.traffic().record().orElseThrow() + "."))
                    .forEach(set -> weights.put(
                            set.path("SetIdentifier").asText(),
                            set.path("Weight").asInt(-1)));
            int last = plan.traffic().weights().getLast();
            assertThat(weights).containsOnly(Map.entry("slipway-new", last), Map.entry("slipway-old", 100 - last));
        }
    }

    /** What Secrets Manager tells of the secret that tasks are started with: the plan's keys, with the target's values. */
    @Test
    @Order(9)
    void wroteTheSecretsThatThePlanDelivers() throws Exception {
        Plan plan = plan();
        TargetOutputs target =
                story.pipeline().artifacts().read(story.row().attempt().target(), TargetOutputs.class);
        try (Questions questions = story.questions()) {
            JsonNode told = secret(questions, target.value("AppSecretArn"));
            assertThat(told.propertyStream().map(Map.Entry::getKey))
                    .containsExactlyInAnyOrderElementsOf(plan.environment().stream()
                            .flatMap(variable -> variable.delivered().stream())
                            .distinct()
                            .toList());
            JsonNode database = secret(questions, target.value("PostgresSecretArn"));
            assertThat(database.path("host").asText()).isEqualTo(target.value("PostgresHost"));
            assertThat(told.toString())
                    .contains(
                            target.value("PostgresHost"),
                            database.path("password").asText())
                    .doesNotContain(
                            story.demo().source().postgresUrl().password().orElseThrow());
        }
    }

    private Plan plan() {
        return story.pipeline().artifacts().read(story.row().attempt().plan(), Plan.class);
    }

    private static JsonNode secret(Questions questions, String arn) throws JsonProcessingException {
        JsonNode told = questions.ask("secretsmanager", "GetSecretValue", Map.of("SecretId", arn));
        return new ObjectMapper().readTree(told.path("SecretString").asText());
    }

    @Test
    @Order(10)
    void refusesToMoveItASecondTime() throws Exception {
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {});
        assertThat(ending.phase()).isEmpty();
        assertThat(ending.cause())
                .isEqualTo("Tried to start a migration of crp-preschool but it is past its cutover:"
                        + " the target is the writer, there is nothing to move");
        assertThat(story.row().phase()).isEqualTo(Phase.COMPLETE);
    }

    private Report expectRolledBack(MigrationWatch.Ending ending, String state) throws Exception {
        Report report = story.expectRolledBack(ending);
        assertThat(ending.cause()).startsWith("Tried to ");
        assertThat(report.failure())
                .hasValueSatisfying(failure -> assertThat(failure.state()).isEqualTo(state));
        assertThat(report.leftovers()).isNotEmpty();
        return report;
    }

    private void checkFromOutsideOnce() {
        if (outsideDifferences.isEmpty()) {
            outsideDifferences = Optional.of(story.differences());
        }
    }
}
