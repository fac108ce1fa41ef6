package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.account.Questions;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.spec.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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

/** Where a task takes a minute to start, as on Fargate one may, nobody's writes wait for that, in neither direction. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlowTasksE2ET {
    private static final int WRITERS = 8;
    private static final int START_SECONDS = 60;
    private static final int HEARTBEAT_SECONDS = 120;

    /** Each object is read many times, by an account that is one process. */
    private static final Duration LEISURE = Duration.ofSeconds(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoStory story;
    private LiveWriters writers;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepareLive(DemoStory.APP, Strategy.SWITCH, 300, HEARTBEAT_SECONDS);
        writers = LiveWriters.start(story.demo(), PreschoolWrites.of(WRITERS, LEISURE));
    }

    @AfterAll
    void close() {
        writers.close();
        story.close();
    }

    /** From the copy on: the services are deployed, and the worker that turns the stores begins. */
    @Test
    @Order(1)
    void startsNoTaskWhileNeitherSideTakesWrites() throws Exception {
        AtomicBoolean slow = new AtomicBoolean();
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {
            if (watch.hasEntered("Follow source") && slow.compareAndSet(false, true)) {
                startSlowly();
            }
        });
        assertThat(ending.cause()).isEmpty();
        assertThat(ending.phase()).contains(Phase.COMPLETE);
        expectTheStartBeforeThePause(
                story.entered(ending.row().orElseThrow().execution(), "Turn the stores"), StoreVerb.CUTOVER);
    }

    @Test
    @Order(2)
    void norOnTheWayBack() throws Exception {
        DescribeExecutionResponse back = story.rollBack();
        assertThat(back.status()).as(back.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        expectTheStartBeforeThePause(back.startDate(), StoreVerb.RETURN);
    }

    private void startSlowly() {
        try {
            story.run().faults(Map.of("ecs:StartTask", Map.of("seconds", START_SECONDS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expectTheStartBeforeThePause(Instant asked, StoreVerb verb) throws IOException {
        List<Start> starts = starts();
        for (String store : List.of("postgres", "redis", "media")) {
            StoreResult pause =
                    story.pipeline().artifacts().read(story.row().attempt().result(verb, store), StoreResult.class);
            System.out.println(verb.word() + ": " + store + " took no writes for " + pause.seconds() + " s, "
                    + Duration.between(asked, pause.started()).toSeconds() + " s after its worker was asked for");
            assertThat(pause.started()).isAfter(asked.plusSeconds(START_SECONDS));
            assertThat(starts)
                    .as("%s took no writes from %s to %s", store, pause.started(), pause.ended())
                    .noneMatch(start ->
                            start.asked().isBefore(pause.ended()) && start.ran().isAfter(pause.started()));
        }
        System.out.println("No write was acknowledged for " + writers.pause().toMillis() + " ms");
    }

    /** The start of a task. */
    private record Start(Instant asked, Instant ran) {}

    /** Of all tasks that the account has run. */
    private List<Start> starts() throws IOException {
        List<Start> starts = new ArrayList<>();
        try (Questions account = story.questions()) {
            for (JsonNode cluster : account.ask("ecs", "ListClusters", Map.of()).path("clusterArns")) {
                for (String desired : List.of("RUNNING", "STOPPED")) {
                    Map<String, String> wanted = Map.of("cluster", cluster.asText(), "desiredStatus", desired);
                    List<?> tasks = JSON.convertValue(
                            account.ask("ecs", "ListTasks", wanted).path("taskArns"), List.class);
                    account.ask("ecs", "DescribeTasks", Map.of("cluster", cluster.asText(), "tasks", tasks))
                            .path("tasks")
                            .forEach(task -> {
                                if (task.has("startedAt")) {
                                    starts.add(new Start(time(task.path("createdAt")), time(task.path("startedAt"))));
                                }
                            });
                }
            }
        }
        assertThat(starts).isNotEmpty();
        return starts;
    }

    /** As Python prints it. */
    private static Instant time(JsonNode node) {
        return OffsetDateTime.parse(node.asText().replace(' ', 'T')).toInstant();
    }
}
