package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.spec.Strategy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever fails while the machine moves an app that is written to all the while: never two writers, never an acknowledged write lost,
 * and in the end complete or rolled back. Each round prints the seed by which {@code -Dslipway.seed} repeats it;
 * {@code -Dslipway.rounds} is their number.
 */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveFaultsE2ET {
    private static final int ROUNDS = 10;
    private static final int WRITERS = 8;
    private static final int MORE = 20;

    /** Each object is read many times in a round, by an account that is one process. */
    private static final Duration LEISURE = Duration.ofSeconds(2);

    private static final int HEARTBEAT_SECONDS = 10;

    /** How often somebody who was told that a rollback has not ended well starts it again. */
    private static final int HANDS = 2;

    private static final Set<Phase> AT_REST = Set.of(Phase.COMPLETE, Phase.ROLLED_BACK);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);
    private static final List<String> STATES = List.of(
            "Snapshot source",
            "Follow source",
            "Deploy services",
            "Begin to turn",
            "Turn the stores",
            "Turn the stores",
            "Switch traffic",
            "Hold the way back");

    private static final Set<String> OF_THE_ROLLBACK =
            Set.of("StopWork", "ReturnTraffic", "SetSchedules", "StopServices", "WriteReport");

    private static final Duration A_ROLLBACK = Duration.ofMinutes(10);

    private DemoStory story;
    private LiveWriters writers;
    private RunningTasks tasks;
    private Optional<StoreUrl> loginOfTargetsCache = Optional.empty();

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepareLive(DemoStory.APP, Strategy.SWITCH, 300, HEARTBEAT_SECONDS);
        tasks = new RunningTasks(story.run().account().endpoint().toString());
        writers = LiveWriters.start(story.demo(), PreschoolWrites.of(WRITERS, LEISURE));
    }

    @AfterAll
    void close() {
        writers.close();
        story.close();
    }

    @Test
    void isCompleteOrRolledBackWhateverFails() throws Exception {
        Long repeated = Long.getLong("slipway.seed");
        int rounds = repeated == null ? Integer.getInteger("slipway.rounds", ROUNDS) : 1;
        long first = repeated == null ? new Random().nextInt(1_000_000) : repeated;
        for (int round = 0; round < rounds; round++) {
            long seed = first + round;
            long began = System.nanoTime();
            // What Random says first of two seeds beside each other is much the same.
            String told = "seed " + seed + ": " + run(new Random(new SplittableRandom(seed).nextLong()));
            System.out.println("round " + (round + 1) + ", " + told + ", "
                    + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
            putBack(told);
        }
    }

    /** Each of them once; nobody has to start the rollback again. */
    @Test
    void isRolledBackThoughTheFunctionsOfTheRollbackAreKilled() throws Exception {
        String execution = story.start();
        Consumer<MigrationWatch> stop = story.stopIn("Deploy services", execution);
        Set<String> left = ConcurrentHashMap.newKeySet();
        left.addAll(OF_THE_ROLLBACK);
        AtomicBoolean stopped = new AtomicBoolean();
        MigrationWatch.Ending ending = story.follow(execution, watch -> {
            if (watch.hasEntered("Deploy services") && stopped.compareAndSet(false, true)) {
                // What an earlier rollback has left is idle.
                LiveFaults.killFunctions(OF_THE_ROLLBACK);
                Thread.startVirtualThread(() -> killEach(left));
                stop.accept(watch);
            }
        });
        assertThat(left).isEmpty();
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
        writers.awaitMore(MORE);
        expectWhole(false, "functions of the rollback were killed");
    }

    /** As soon as it has a process; a look at the execution takes longer than some of them. */
    private static void killEach(Set<String> left) {
        long until = System.nanoTime() + A_ROLLBACK.toNanos();
        while (!left.isEmpty() && System.nanoTime() < until) {
            left.removeAll(LiveFaults.killFunctions(left));
        }
    }

    private String run(Random random) throws Exception {
        String state = STATES.get(random.nextInt(STATES.size()));
        Duration wait = Duration.ofMillis(random.nextLong(LONGEST_WAIT.toMillis()));
        String execution = story.start();
        LiveFaults faults = new LiveFaults(story, random);
        CompletableFuture<String> struck = new CompletableFuture<>();
        CompletableFuture<Void> moment = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            moment.join();
            strike(faults, execution, wait, struck);
        });
        MigrationWatch.Ending ending = story.follow(execution, watch -> {
            if (watch.hasEntered(state)) {
                moment.complete(null);
            }
        });
        moment.complete(null);
        String told = state + " and " + wait.toMillis() + " ms: " + struck.join() + "; " + ending.cause();
        return told + "; " + settle(told);
    }

    private static void strike(LiveFaults faults, String execution, Duration wait, CompletableFuture<String> struck) {
        try {
            Thread.sleep(wait);
            struck.complete(faults.strike(execution));
        } catch (IOException | RuntimeException e) {
            struck.completeExceptionally(new CompletionException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Demands what is to be true at the end of a round. */
    private String settle(String told) throws Exception {
        int hands = 0;
        while (!AT_REST.contains(story.row().phase())) {
            assertThat(hands++).as("neither complete nor rolled back: %s", told).isLessThan(HANDS);
            story.rollBack();
        }
        Phase phase = story.row().phase();
        writers.awaitMore(MORE);
        expectWhole(phase == Phase.COMPLETE, told);
        expectOneWriter(told);
        return phase + (hands == 0 ? "" : " by " + hands + " rollbacks more");
    }

    private void putBack(String told) throws Exception {
        if (story.row().phase() == Phase.COMPLETE) {
            story.rollBack();
            assertThat(story.row().phase()).as(told).isEqualTo(Phase.ROLLED_BACK);
            writers.awaitMore(MORE);
            expectWhole(false, told);
        }
    }

    private void expectWhole(boolean moved, String told) throws SQLException, IOException {
        LiveStores writer = moved ? story.newStores() : story.oldStores();
        assertThat(writer.missing(writers.acknowledged())).as(told).isEmpty();
    }

    private void expectOneWriter(String told) {
        tasks.loginsOfCache().stream().findFirst().ifPresent(login -> loginOfTargetsCache = Optional.of(login));
        boolean hasTarget = story.bucket(story.row().attempt()).isPresent();
        assertThat(hasTarget
                        && story.newStores().isOpenDatabase()
                        && story.oldStores().isOpenDatabase())
                .as("both databases take writes: %s", told)
                .isFalse();
        assertThat(loginOfTargetsCache.filter(LiveStores::isOpenCache).isPresent()
                        && LiveStores.isOpenCache(story.source().redis()))
                .as("both caches take writes: %s", told)
                .isFalse();
    }
}
