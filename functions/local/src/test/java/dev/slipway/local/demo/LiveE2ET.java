package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.StoreVerb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** A database that is written to all the time is moved, given back with what the target took, and moved again. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveE2ET {
    private static final int WRITERS = 4;

    private DemoStory story;
    private LiveWriters writers;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepare(
                new Demo.Options(DemoStory.APP, SampleData.withRows(2_000), 1, 10, Map.of(), /* live= */ true));
        writers = LiveWriters.start(story.demo(), WRITERS);
    }

    @AfterAll
    void close() throws Exception {
        writers.close();
        story.close();
    }

    @Test
    @Order(1)
    void freesTheSourceWhereTheRunIsStoppedBeforeTheCutover() throws Exception {
        String execution = story.start();
        MigrationWatch.Ending ending = story.follow(execution, story.stopIn("Deploy services", execution));
        story.expectRolledBack(ending);
        assertThat(left(source())).isEmpty();
    }

    @Test
    @Order(2)
    void movesTheWritesWithinSecondsAndLosesNone() throws Exception {
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {});
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        assertThat(story.states(ending.row().orElseThrow().execution()))
                .endsWith(
                        "Snapshot source",
                        "Does the target follow",
                        "Follow source",
                        "Deploy services",
                        "Do the writes come first",
                        "Begin to turn",
                        "Turn the stores",
                        "Is there traffic to switch",
                        "Switch traffic",
                        "Hold the way back",
                        "Start schedules",
                        "Complete");
        System.out.println("Cutover: neither side took writes for "
                + story.result(ending, StoreVerb.CUTOVER, "postgres").seconds()
                + " s, and no write was acknowledged for " + writers.pause().toMillis() + " ms; "
                + writers.acknowledged().size()
                + " were, " + writers.unanswered() + " had no answer");
        assertThat(missing(story.operator("postgres"))).isEmpty();
        assertThat(answeredBy()).doesNotContain("old");
    }

    @Test
    @Order(3)
    void givesTheSourceWhatTheTargetTook() throws Exception {
        int before = writers.acknowledged().size();
        Thread.sleep(Duration.ofSeconds(3));
        assertThat(writers.acknowledged()).hasSizeGreaterThan(before);
        DescribeExecutionResponse back = rollBack();
        assertThat(back.status()).as(back.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(story.row().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(answeredBy()).contains("old");
        assertThat(missing(source())).isEmpty();
        assertThat(left(source())).isEmpty();
    }

    @Test
    @Order(4)
    void givesItBackWhereTheRunIsStoppedAfterTheCutover() throws Exception {
        String execution = story.start();
        MigrationWatch.Ending ending = story.follow(execution, story.stopIn("Switch traffic", execution));
        story.expectRolledBack(ending);
        assertThat(missing(source())).isEmpty();
        assertThat(left(source())).isEmpty();
    }

    private DescribeExecutionResponse rollBack() throws InterruptedException {
        String execution = story.pipeline()
                .machines()
                .startExecution(
                        request -> request.stateMachineArn(story.pipeline().machine("RollbackMachine"))
                                .input(DemoStory.INPUT))
                .executionArn();
        DescribeExecutionResponse now = describe(execution);
        while (now.status() == ExecutionStatus.RUNNING) {
            Thread.sleep(Duration.ofMillis(100));
            now = describe(execution);
        }
        return now;
    }

    private DescribeExecutionResponse describe(String execution) {
        return story.pipeline().machines().describeExecution(request -> request.executionArn(execution));
    }

    private StoreUrl source() {
        return story.demo().source().postgresUrl();
    }

    private String answeredBy() throws Exception {
        return Visits.write(story.demo(), "http://" + DemoAppFolder.record(DemoStory.APP) + "/auth/messages")
                .headers()
                .firstValue("X-Routed-To")
                .orElse("");
    }

    /** What was acknowledged and is not there. */
    private Set<String> missing(StoreUrl store) throws SQLException {
        List<String> acknowledged = writers.acknowledged();
        List<String> held = lines(store, "SELECT body FROM messages WHERE body LIKE 'live-%'");
        assertThat(held).doesNotHaveDuplicates();
        Set<String> missing = new LinkedHashSet<>(acknowledged);
        held.forEach(missing::remove);
        return missing;
    }

    /** What following has made on a server, and not taken away. */
    private static List<String> left(StoreUrl store) throws SQLException {
        return lines(store, """
                SELECT 'slot ' || slot_name FROM pg_replication_slots
                UNION ALL SELECT 'publication ' || pubname FROM pg_publication
                UNION ALL SELECT 'subscription ' || subname FROM pg_subscription
                UNION ALL SELECT 'role ' || rolname FROM pg_roles WHERE rolname LIKE 'slipway%'
                UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname LIKE 'slipway%'
                """);
    }

    private static List<String> lines(StoreUrl store, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DemoStory.connect(store);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
