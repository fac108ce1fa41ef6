package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.account.Inventory;
import dev.slipway.local.account.Questions;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Phase;
import dev.slipway.migration.TargetOutputs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Targets that never took traffic are removed by the machine, the stores only where that is said; one that took it is not. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TakeDownE2ET {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AND_STORES = "{\"app\":\"" + DemoStory.APP + "\",\"stores\":\"delete\"}";
    private static final int LOOKS = 3_000;
    private static final int BETWEEN_LOOKS_MILLIS = 100;

    private DemoStory story;
    private Questions questions;
    private Inventory before;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepare(SampleData.withRows(300), 1, 10, Map.of());
        questions = story.questions();
        before = Inventory.of(questions);
    }

    @AfterAll
    void close() {
        questions.close();
        story.close();
    }

    @Test
    @Order(1)
    void refusesWhatWasNeverMade() throws Exception {
        DescribeExecutionResponse refused = takeDown("{\"app\":\"nobody\"}");
        assertThat(refused.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(refused.cause())
                .isEqualTo(
                        "Tried to take down the target of nobody but there is no migration of that app: name another one");
        assertThat(takeDown("{\"app\":\"nobody\",\"stores\":\"yes\"}").cause())
                .startsWith("Tried to read the execution's input but it names no app, or another word for stores");
    }

    @Test
    @Order(2)
    void removesAllButTheStoresAndTellsWhatItLeaves() throws Exception {
        provisionInVain();
        assertThat(added().keySet()).contains("elbv2 DescribeLoadBalancers", "ecs DescribeClusters");
        DescribeExecutionResponse end = takeDown(DemoStory.INPUT);
        assertThat(end.status()).as(end.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        Map<String, Set<String>> added = added();
        assertThat(Inventory.STORES).containsAll(added.keySet());
        assertThat(added.get("rds DescribeDBInstances")).hasSize(1);
        assertThat(added.get("elasticache DescribeReplicationGroups")).hasSize(1);
        assertThat(left(end))
                .containsAll(added.get("rds DescribeDBInstances"))
                .containsAll(added.get("elasticache DescribeReplicationGroups"))
                .containsAll(added.get("s3 ListBuckets"))
                .containsAll(added.get("ec2 DescribeVpcs"));
        assertThat(story.row().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(snapshots()).isEmpty();
    }

    @Test
    @Order(3)
    void doesNothingTheSecondTime() throws Exception {
        Inventory now = Inventory.of(questions);
        DescribeExecutionResponse end = takeDown(AND_STORES);
        assertThat(end.status()).as(end.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(Inventory.of(questions)).isEqualTo(now);
        assertThat(snapshots()).isEmpty();
    }

    /** Stopped twice: while the stores are let go of, and while the stack is being deleted. */
    @Test
    @Order(4)
    void backsUpAndRemovesTheStoresThoughItIsStoppedInBetween() throws Exception {
        before = Inventory.of(questions);
        TargetOutputs target = provisionInVain();
        Map<String, Set<String>> made = added();

        stopWhen(AND_STORES, () -> stackIs("UPDATE_.*"));
        assertThat(story.row().phase()).isEqualTo(Phase.TAKING_DOWN);
        assertThat(story.follow(story.start(), watch -> {}).cause())
                .startsWith("Tried to start a migration of crp-preschool but the execution arn:")
                .endsWith(
                        " holds it in phase TAKING_DOWN: wait for its end, or start the machine takedown again where it"
                                + " was stopped");
        stopWhen(AND_STORES, () -> stackIs("DELETE_IN_PROGRESS"));

        DescribeExecutionResponse end = takeDown(AND_STORES);
        assertThat(end.status()).as(end.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        Map<String, Set<String>> added = added();
        assertThat(added.keySet())
                .as("a bucket that holds something is nobody's to empty")
                .containsOnly("s3 ListBuckets");
        assertThat(added.get("s3 ListBuckets"))
                .containsExactlyInAnyOrderElementsOf(left(end))
                .contains(target.value("MediaBucket"));
        assertThat(snapshots())
                .containsExactlyInAnyOrderElementsOf(
                        union(made, "rds DescribeDBInstances", "elasticache DescribeReplicationGroups"));
        assertThat(story.row().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    @Order(5)
    void refusesATargetThatTookTraffic() throws Exception {
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {});
        assertThat(ending.phase()).as(ending.cause()).contains(Phase.COMPLETE);
        Inventory now = Inventory.of(questions);
        DescribeExecutionResponse refused = takeDown(AND_STORES);
        assertThat(refused.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(refused.error()).isEqualTo("dev.slipway.migration.exception.AlreadyMigrated");
        assertThat(refused.cause())
                .isEqualTo(
                        "Tried to take down the target of crp-preschool but it is past its cutover: the target is the"
                                + " writer, its stack is deleted by hand or not at all");
        assertThat(story.row().phase()).isEqualTo(Phase.COMPLETE);
        assertThat(Inventory.of(questions)).isEqualTo(now);
    }

    /** An attempt that copies everything and goes back before any visitor comes. */
    private TargetOutputs provisionInVain() throws IOException, InterruptedException {
        String execution = story.start();
        story.expectRolledBack(story.follow(execution, story.stopIn("Verify", execution)));
        return story.pipeline().artifacts().read(story.row().attempt().target(), TargetOutputs.class);
    }

    private Map<String, Set<String>> added() {
        return Inventory.of(questions).beyond(before);
    }

    private DescribeExecutionResponse takeDown(String input) throws InterruptedException {
        String execution = begin(input);
        await(() -> describe(execution).status() != ExecutionStatus.RUNNING);
        return describe(execution);
    }

    private void stopWhen(String input, BooleanSupplier moment) throws InterruptedException {
        String execution = begin(input);
        await(() -> moment.getAsBoolean() || describe(execution).status() != ExecutionStatus.RUNNING);
        story.pipeline().machines().stopExecution(request -> request.executionArn(execution));
        await(() -> describe(execution).status() != ExecutionStatus.RUNNING);
        assertThat(describe(execution).status()).as(describe(execution).cause()).isEqualTo(ExecutionStatus.ABORTED);
    }

    private String begin(String input) {
        return story.pipeline()
                .machines()
                .startExecution(
                        request -> request.stateMachineArn(story.pipeline().machine("TakeDownMachine"))
                                .input(input))
                .executionArn();
    }

    private DescribeExecutionResponse describe(String execution) {
        return story.pipeline().machines().describeExecution(request -> request.executionArn(execution));
    }

    private boolean stackIs(String status) {
        return questions
                .ask("cloudformation", "DescribeStacks", Map.of("StackName", "slipway-" + DemoStory.APP))
                .at("/Stacks/0/StackStatus")
                .asText()
                .matches(status);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int look = 0; look < LOOKS && !condition.getAsBoolean(); look++) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static Set<String> left(DescribeExecutionResponse end) throws IOException {
        return JSON.readTree(end.output())
                .path("left")
                .valueStream()
                .map(resource -> resource.path("id").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The databases and caches that a backup is left of. */
    private List<String> snapshots() {
        List<String> databases = questions
                .ask("rds", "DescribeDBSnapshots", Map.of("SnapshotType", "manual"))
                .path("DBSnapshots")
                .findValuesAsText("DBInstanceIdentifier");
        JsonNode caches = questions.ask("elasticache", "DescribeSnapshots", Map.of());
        databases.addAll(caches.path("Snapshots").findValuesAsText("ReplicationGroupId"));
        return databases;
    }

    private static Set<String> union(Map<String, Set<String>> found, String one, String other) {
        Set<String> union = new TreeSet<>(found.getOrDefault(one, Set.of()));
        union.addAll(found.getOrDefault(other, Set.of()));
        return union;
    }
}
