package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Phase;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.report.Report;
import dev.slipway.report.ReportJson;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
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
 * SmartBoard's traffic comes over in steps, to services that use the stores of the source; then the writes do. All of it while people
 * write, and there is a way back from each moment.
 */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComputeFirstE2ET {
    private static final String APP = "smartboard";
    private static final String PAGE = "/api/analytics/events";

    private DemoStory story;
    private LiveWriters writers;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepareLive(APP, Strategy.COMPUTE_FIRST, 2_000, 10);
        writers = LiveWriters.start(story.demo(), BoardWrites.ALL);
    }

    @AfterAll
    void close() throws Exception {
        writers.close();
        story.close();
    }

    @Test
    @Order(1)
    void goesBackWithoutAPauseWhileTheTrafficComesOver() throws Exception {
        String execution = story.start();
        MigrationWatch.Ending ending =
                story.follow(execution, story.stopIn("Is the source still the writer", execution));
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
        assertThat(story.answeredBy(PAGE)).isEqualTo("old");
        assertThat(story.oldStores().missing(writers.acknowledged())).isEmpty();
        assertThat(story.oldStores().left()).isEmpty();
    }

    @Test
    @Order(2)
    void bringsTheTrafficOverBeforeTheWritesAndLosesNone() throws Exception {
        Set<String> answered = ConcurrentHashMap.newKeySet();
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {
            if (watch.hasEntered("Is the source still the writer") && !watch.hasEntered("Switch traffic")) {
                answered.add(side());
            }
        });
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        assertThat(story.states(ending.row().orElseThrow().execution()))
                .endsWith(
                        "Follow source",
                        "Deploy services",
                        "Do the writes come first",
                        "Is there a record to shift",
                        "Shift weights",
                        "Is the source still the writer",
                        "Begin to turn",
                        "Turn the stores",
                        "Is there traffic to switch",
                        "Switch traffic",
                        "Hold the way back",
                        "Did services run twice",
                        "Remove forerunners",
                        "Start schedules",
                        "Complete");
        assertThat(answered)
                .as("before and while the stores turn")
                .anyMatch(side -> side.startsWith("app/"))
                .doesNotContain("old");
        System.out.println(writers.told());
        assertThat(story.newStores().missing(writers.acknowledged())).isEmpty();
        assertThat(outputs()).noneMatch(name -> name.contains("Forerunner"));
        String report = story.row().attempt().reportJson();
        assertThat(ReportJson.read(story.pipeline().artifacts().text(report).orElseThrow())
                        .leftovers())
                .extracting(Report.Leftover::what)
                .contains("The old side")
                .doesNotContain("The services that ran beside the lasting ones");
        BoardWrites.awaitWorker(story.newStores(), writers.acknowledged());
    }

    @Test
    @Order(3)
    void givesTheOldSideWhatTheTargetTook() throws Exception {
        List<LiveWriters.Written> before = writers.acknowledged();
        Thread.sleep(3_000);
        assertThat(writers.acknowledged()).hasSizeGreaterThan(before.size());
        DescribeExecutionResponse back = story.rollBack();
        assertThat(back.status()).as(back.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(story.row().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(story.answeredBy(PAGE)).isEqualTo("old");
        assertThat(story.oldStores().missing(writers.acknowledged())).isEmpty();
        assertThat(story.oldStores().left()).isEmpty();
    }

    /** Where the load balancer's name leads; one that fails is none. */
    private String side() {
        try {
            return story.answeredBy(PAGE);
        } catch (IOException _) {
            return "none";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "none";
        }
    }

    private Stream<String> outputs() {
        Plan plan = story.pipeline().artifacts().read(story.row().attempt().plan(), Plan.class);
        assertThat(plan.doubled()).isNotEmpty();
        return story
                .pipeline()
                .artifacts()
                .read(story.row().attempt().target(), TargetOutputs.class)
                .values()
                .keySet()
                .stream();
    }
}
