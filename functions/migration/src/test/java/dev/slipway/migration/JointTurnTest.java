package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Accord.NoAccord;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.JointTurn.Pair;
import dev.slipway.migration.exception.FollowFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Turns as the engines make them, of stores that are told what to do. */
class JointTurnTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Comparison.Same SAME = new Comparison.Same(1, 1, "digest", List.of());

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @RepeatedTest(20)
    void fencesNoneBeforeAllAreNearAndOpensNoneBeforeAllAreProved() {
        assertThat(run(LONG, store("one", 0, 3), store("two", 3, 0), store("three", 1, 1)))
                .allSatisfy(turn -> assertThat(turn).isInstanceOf(Turn.Done.class));

        assertThat(said).hasSize(12);
        assertThat(said.subList(0, 3)).containsExactlyInAnyOrder("one near", "two near", "three near");
        int firstOpen = said.stream()
                .filter(line -> line.endsWith("opens"))
                .findFirst()
                .map(said::indexOf)
                .orElseThrow();
        assertThat(said.subList(0, firstOpen)).contains("one proved", "two proved", "three proved");
        int firstFence = said.stream()
                .filter(line -> line.endsWith("fenced"))
                .findFirst()
                .map(said::indexOf)
                .orElseThrow();
        assertThat(firstFence).isGreaterThanOrEqualTo(3);
    }

    @RepeatedTest(20)
    void fencesOneThatClosesLastWhenTheOthersAreFenced() {
        assertThat(run(LONG, closingLast("folder"), store("one", 3, 3), store("two", 0, 0)))
                .allSatisfy(turn -> assertThat(turn).isInstanceOf(Turn.Done.class));

        assertThat(said.indexOf("folder fenced"))
                .isGreaterThan(said.indexOf("one fenced"))
                .isGreaterThan(said.indexOf("two fenced"));
    }

    @Test
    void waitsForNoFenceWhereAllCloseLast() {
        assertThat(run(
                        LONG,
                        closingLast("folder"),
                        closingLast("other"),
                        new Told((writer, accord) -> new Turn.Earlier())))
                .hasSize(3);
        assertThat(run(LONG, closingLast("folder"), differing("two")))
                .allSatisfy(turn -> assertThat(turn).isInstanceOf(Turn.NotDone.class));
    }

    @RepeatedTest(20)
    void turnsNoneWhereOneDiffers() {
        List<Turn> turns = run(LONG, store("one", 0, 0), differing("two"), store("three", 0, 5));

        assertThat(turns)
                .allSatisfy(turn -> assertThat(turn)
                        .isInstanceOfSatisfying(
                                Turn.NotDone.class,
                                not -> assertThat(not.reason()).contains("two differs")));
        assertThat(said).noneMatch(line -> line.endsWith("opens"));
    }

    @RepeatedTest(20)
    void turnsNoneWhereOneFailsAndLetsTheOthersOpenTheirSources() {
        assertThatThrownBy(() -> run(LONG, store("one", 0, 0), failing(), store("three", 2, 0)))
                .isInstanceOf(FollowFailed.class);

        assertThat(said).contains("one goes on as before", "three goes on as before");
        assertThat(said).noneMatch(line -> line.endsWith("opens"));
    }

    @Test
    void waitsForNoneThatHadTurnedBefore() {
        Following earlier = new Told((writer, accord) -> new Turn.Earlier());

        assertThat(run(LONG, store("one", 1, 1), earlier))
                .satisfiesExactly(
                        turn -> assertThat(turn).isInstanceOf(Turn.Done.class),
                        turn -> assertThat(turn).isInstanceOf(Turn.Earlier.class));
    }

    @Test
    void turnsNoneWhereOneIsNotProvedInTime() {
        List<Turn> turns = run(Duration.ofMillis(50), store("one", 0, 0), store("two", 0, 100));

        assertThat(turns)
                .allSatisfy(turn -> assertThat(turn)
                        .isInstanceOfSatisfying(
                                Turn.NotDone.class,
                                not -> assertThat(not.reason()).contains("not every store was proved within")));
        assertThat(said).noneMatch(line -> line.endsWith("opens"));
    }

    /** What has opened may have taken a write. */
    @Test
    void opensAllOnceOneMay() {
        SharedAccord accord = new SharedAccord(2, Set.of(), Duration.ZERO);
        assertThat(accord.of("one", Progress.SILENT).mayFence()).isFalse();
        assertThat(accord.of("two", Progress.SILENT).mayFence()).isTrue();

        SharedAccord agreed = new SharedAccord(2, Set.of(), LONG);
        assertThat(agreed.of("one", Progress.SILENT).mayOpen()).isFalse();
        assertThat(agreed.of("two", Progress.SILENT).mayOpen()).isTrue();
        agreed.refuse("too late");
        assertThat(agreed.of("one", Progress.SILENT).mayOpen()).isTrue();

        LockSupport.parkNanos(1);
        assertThatThrownBy(() -> accord.of("one", Progress.SILENT).mayOpen()).isInstanceOf(NoAccord.class);
    }

    private List<Turn> run(Duration longest, Following... stores) {
        List<Pair> pairs = Arrays.stream(stores)
                .map(store -> new Pair(
                        store,
                        StoreUrl.parse("file:///from" + Arrays.asList(stores).indexOf(store)),
                        StoreUrl.parse("file:///to" + Arrays.asList(stores).indexOf(store))))
                .toList();
        return new JointTurn(pairs, longest, pair -> Progress.SILENT).run();
    }

    /** Takes some time until it is near, and until it is proved. */
    private Following store(String name, int nearMillis, int proofMillis) {
        return new Told((writer, accord) -> {
            try {
                park(nearMillis);
                said.add(name + " near");
                while (!accord.mayFence()) {
                    park(1);
                }
                said.add(name + " fenced");
                accord.fenced();
                park(proofMillis);
                said.add(name + " proved");
                while (!accord.mayOpen()) {
                    park(1);
                }
                said.add(name + " opens");
                return new Turn.Done(Duration.ofMillis(proofMillis), SAME);
            } catch (NoAccord e) {
                said.add(name + " goes on as before");
                return new Turn.NotDone(String.valueOf(e.getMessage()), Duration.ZERO);
            }
        });
    }

    private Following closingLast(String name) {
        return new Told(
                /* closesLast= */ true, (writer, accord) -> {
                    try {
                        while (!accord.mayFence() || !accord.othersFenced()) {
                            park(1);
                        }
                        said.add(name + " fenced");
                        while (!accord.mayOpen()) {
                            park(1);
                        }
                        return new Turn.Done(Duration.ZERO, SAME);
                    } catch (NoAccord e) {
                        return new Turn.NotDone(String.valueOf(e.getMessage()), Duration.ZERO);
                    }
                });
    }

    private Following differing(String name) {
        return new Told((writer, accord) -> {
            while (!accord.mayFence()) {
                park(1);
            }
            return new Turn.NotDone(name + " differs", Duration.ZERO);
        });
    }

    private static Following failing() {
        return new Told((writer, accord) -> {
            throw new FollowFailed("turn", "its server is gone", "start it");
        });
    }

    private static void park(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted, and so its source stays closed");
        }
    }

    @FunctionalInterface
    private interface Turning {
        Turn turn(StoreUrl writer, Accord accord);
    }

    private record Told(boolean closesLast, Turning turning) implements Following {
        private Told(Turning turning) {
            this(/* closesLast= */ false, turning);
        }

        @Override
        public CopyOutcome begin(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Lag> lag(StoreUrl source, StoreUrl target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Turn turn(StoreUrl writer, StoreUrl follower, Duration longest, Accord accord, Progress progress) {
            return turning.turn(writer, accord);
        }

        @Override
        public void stay(StoreUrl writer, StoreUrl follower) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void end(StoreUrl writer, StoreUrl follower) {
            throw new UnsupportedOperationException();
        }
    }
}
