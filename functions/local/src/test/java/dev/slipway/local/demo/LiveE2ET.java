package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.spec.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Stores that are written to all the time are moved, given back with what the targets took, and moved again. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveE2ET {
    private static final int WRITERS = 12;

    private DemoStory story;
    private LiveWriters writers;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepareLive(DemoStory.APP, Strategy.SWITCH, 2_000, 10);
        writers = LiveWriters.start(story.demo(), PreschoolWrites.of(WRITERS, LiveWrites.LEISURE));
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
        assertThat(story.oldStores().left()).isEmpty();
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
                        "Did services run twice",
                        "Start schedules",
                        "Complete");
        System.out.println(
                "Cutover: neither side took writes for " + pauses(ending, StoreVerb.CUTOVER) + ". " + writers.told());
        profile(ending.row().orElseThrow().execution());
        assertThat(story.newStores().missing(writers.acknowledged())).isEmpty();
        assertThat(story.answeredBy("/auth/messages")).doesNotContain("old");
    }

    @Test
    @Order(3)
    void givesTheSourceWhatTheTargetTook() throws Exception {
        int before = writers.acknowledged().size();
        Thread.sleep(Duration.ofSeconds(3));
        assertThat(writers.acknowledged()).hasSizeGreaterThan(before);
        DescribeExecutionResponse back = story.rollBack();
        assertThat(back.status()).as(back.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(story.row().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(story.answeredBy("/auth/messages")).contains("old");
        assertThat(story.oldStores().missing(writers.acknowledged())).isEmpty();
        assertThat(story.oldStores().left()).isEmpty();
    }

    /** And though a worker that carries changes was killed before: another one takes its place. */
    @Test
    @Order(4)
    void givesItBackWhereTheRunIsStoppedAfterTheCutover() throws Exception {
        String execution = story.start();
        AtomicBoolean killed = new AtomicBoolean();
        Consumer<MigrationWatch> stop = story.stopIn("Switch traffic", execution);
        MigrationWatch.Ending ending = story.follow(execution, watch -> {
            if (watch.hasEntered("Deploy services") && killed.compareAndSet(false, true)) {
                Breaker.workers(StoreVerb.FOLLOW, "media").forEach(ProcessHandle::destroyForcibly);
            }
            stop.accept(watch);
        });
        story.expectRolledBack(ending);
        assertThat(story.oldStores().missing(writers.acknowledged())).isEmpty();
        assertThat(story.oldStores().left()).isEmpty();
    }

    /** When what happened of which users see no more than a pause. */
    private void profile(String execution) {
        Instant from = story.entered(execution, "Turn the stores");
        Stream.of(execution, story.nested("StoresMachine", "cutover"), story.nested("ShiftMachine", "switch"))
                .flatMap(each -> story.history(each).stream())
                .filter(event -> !event.timestamp().isBefore(from))
                .sorted(Comparator.comparing(HistoryEvent::timestamp))
                .map(event -> Duration.between(from, event.timestamp()).toMillis() + " ms " + event.typeAsString() + " "
                        + (event.stateEnteredEventDetails() == null
                                ? ""
                                : event.stateEnteredEventDetails().name()))
                .forEach(System.out::println);
    }

    private String pauses(MigrationWatch.Ending ending, StoreVerb verb) {
        return Stream.of("postgres", "redis", "media")
                .map(store -> store + " " + story.result(ending, verb, store).seconds() + " s")
                .collect(Collectors.joining(", "));
    }
}
