package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Phase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

/**
 * SmartBoard's nine services and three stores are moved while people write through its gateway and its pages, and given back with what the
 * new side took.
 */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SmartBoardE2ET {
    private static final String APP = "smartboard";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final LiveWrites EVENTS = LiveWrites.of(
                    "live-event-",
                    "/api/analytics/events",
                    LiveWrites.HASTE,
                    new LiveWrites.Place.Rows("analytics.\"Event\"", "\"id\"", "\"name\""))
            .withKey(id -> "event:" + id);

    /** Through a page of the web, which asks the gateway. */
    private static final LiveWrites DATASETS = LiveWrites.of(
                    "live-dataset-",
                    "/datasets/datasets",
                    LiveWrites.LEISURE,
                    new LiveWrites.Place.Rows("datasets.\"Dataset\"", "\"id\"", "\"name\""))
            .withKey(id -> "bull:datasets:" + id)
            .withObject(id -> "uploads/" + id + ".csv");

    private static final LiveWrites SAID = LiveWrites.of(
            "live-said-",
            "/api/realtime/events",
            LiveWrites.LEISURE,
            new LiveWrites.Place.Entries("realtime:events", "body"));

    private DemoStory story;
    private LiveWriters writers;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepareLive(APP, 2_000, 10);
        writers = LiveWriters.start(story.demo(), List.of(EVENTS, EVENTS, EVENTS, DATASETS, SAID));
    }

    @AfterAll
    void close() throws Exception {
        writers.close();
        story.close();
    }

    @Test
    @Order(1)
    void movesAllItsServicesAndLosesNoWrite() throws Exception {
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {});
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        System.out.println("No write was acknowledged for " + writers.pause().toMillis() + " ms; "
                + writers.acknowledged().size() + " were, " + writers.perSecond() + " a second, "
                + writers.unanswered() + " had no answer");
        assertThat(story.newStores().missing(writers.acknowledged())).isEmpty();
        assertThat(story.answeredBy("/api/analytics/events")).doesNotContain("old");
        assertThat(story.answeredBy("/analytics/events")).doesNotContain("old");
        awaitWorker(story.newStores());
    }

    @Test
    @Order(2)
    void givesTheOldSideWhatTheNewOneTookOfRowsKeysEntriesAndObjects() throws Exception {
        List<LiveWriters.Written> before = writers.acknowledged();
        Thread.sleep(Duration.ofSeconds(5));
        List<LiveWriters.Written> since = writers.acknowledged();
        for (LiveWrites kind : List.of(EVENTS, DATASETS, SAID)) {
            assertThat(count(since, kind)).as(kind.page()).isGreaterThan(count(before, kind));
        }
        DescribeExecutionResponse back = story.rollBack();
        assertThat(back.status()).as(back.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(story.row().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(story.answeredBy("/api/analytics/events")).isEqualTo("old");
        assertThat(story.answeredBy("/analytics/events")).isEqualTo("old");
        assertThat(story.oldStores().missing(writers.acknowledged())).isEmpty();
        awaitWorker(story.oldStores());
        assertThat(story.oldStores().left()).isEmpty();
    }

    private static long count(List<LiveWriters.Written> written, LiveWrites kind) {
        return written.stream().filter(each -> each.kind().equals(kind)).count();
    }

    /** Whichever side's worker took a dataset from the queue: in the end each has its result, on the side that is written to. */
    private void awaitWorker(LiveStores stores) throws SQLException, InterruptedException {
        Set<String> due = stores.ids(DATASETS, writers.acknowledged());
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!results(stores).containsAll(due) && Instant.now().isBefore(deadline)) {
            Thread.sleep(Duration.ofMillis(500));
        }
        assertThat(results(stores)).containsAll(due);
    }

    private static Set<String> results(LiveStores stores) throws SQLException {
        return Set.copyOf(stores.rows("SELECT \"datasetId\" FROM analytics.\"Result\""));
    }
}
