package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Phase;
import dev.slipway.migration.spec.Strategy;
import java.time.Duration;
import java.util.List;
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

    private DemoStory story;
    private LiveWriters writers;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepareLive(APP, Strategy.SWITCH, 2_000, 10);
        writers = LiveWriters.start(story.demo(), BoardWrites.ALL);
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
        System.out.println(writers.told());
        assertThat(story.newStores().missing(writers.acknowledged())).isEmpty();
        assertThat(story.answeredBy("/api/analytics/events")).doesNotContain("old");
        assertThat(story.answeredBy("/analytics/events")).doesNotContain("old");
        BoardWrites.awaitWorker(story.newStores(), writers.acknowledged());
    }

    @Test
    @Order(2)
    void givesTheOldSideWhatTheNewOneTookOfRowsKeysEntriesAndObjects() throws Exception {
        List<LiveWriters.Written> before = writers.acknowledged();
        Thread.sleep(Duration.ofSeconds(5));
        List<LiveWriters.Written> since = writers.acknowledged();
        for (LiveWrites kind : BoardWrites.KINDS) {
            assertThat(count(since, kind)).as(kind.page()).isGreaterThan(count(before, kind));
        }
        DescribeExecutionResponse back = story.rollBack();
        assertThat(back.status()).as(back.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(story.row().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(story.answeredBy("/api/analytics/events")).isEqualTo("old");
        assertThat(story.answeredBy("/analytics/events")).isEqualTo("old");
        assertThat(story.oldStores().missing(writers.acknowledged())).isEmpty();
        BoardWrites.awaitWorker(story.oldStores(), writers.acknowledged());
        assertThat(story.oldStores().left()).isEmpty();
    }

    private static long count(List<LiveWriters.Written> written, LiveWrites kind) {
        return written.stream().filter(each -> each.kind().equals(kind)).count();
    }
}
