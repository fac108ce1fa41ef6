package dev.slipway.redis;

import static dev.slipway.redis.Ask.ask;
import static dev.slipway.redis.Ask.insisting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.TargetNotEmpty;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** By a stream, as a replica follows. */
class RedisFollowIT extends FollowContract {
    /** Before 7.0 a replica is told in how many seconds a key expires, and here it hears of that two seconds late. */
    @Override
    String proving() {
        return "comparing";
    }

    static Stream<String> beforeTheFence() {
        return Stream.of("waiting until the target is near", "comparing beforehand", "fencing");
    }

    static Stream<String> behindTheFence() {
        return Stream.of("draining", "comparing", "switching");
    }

    @Test
    void givesKeysTheTimeAtWhichTheyExpireOnTheSource() throws Exception {
        fill(here());
        begun().close();
        for (int i = 0; i < 2_000; i++) {
            ask(here(), "SET", "session " + i, "x", "EX", "1000");
        }
        Thread.sleep(2_000);
        following.begin(here(), there(), CopyOptions.unfenced(), Progress.SILENT);
        try (Following.Carrier carrier = following.carry(here(), there())) {
            awaitCaughtUp(carrier);
            assertThat(expiry(there()) - expiry(here())).isGreaterThan(1_000);
            Turn turn = following.turn(here(), there(), LONGEST, amount -> {
                if (amount.what().equals("draining")) {
                    insisting(there(), () -> ask(there(), "PEXPIRE", "session 2", "1"));
                    insisting(there(), () -> ask(there(), "EXPIRE", "session 3", "5000"));
                }
            });
            assertThat(turn)
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class, not -> assertThat(not.reason()).contains("1 differences", "session 2"));
            ask(here(), "SET", "session 2", "x", "EX", "1000");
            awaitCaughtUp(carrier);
            assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT))
                    .isInstanceOf(Turn.Done.class);
        }
        assertThat(Math.abs(expiry(there()) - expiry(here()))).isLessThan(1_000);
    }

    /** In milliseconds from now. */
    private static long expiry(StoreUrl url) {
        return Long.parseLong(ask(url, "PTTL", "session 1"));
    }

    @Test
    void copiesAgainWhereTheSourceHasNotKeptWhatCame() throws Exception {
        ask(here(), "CONFIG", "SET", "repl-backlog-size", "16384");
        fill(here());
        begun().close();
        ask(here(), "SET", "large", "x".repeat(100_000));
        ask(here(), "DEL", "set");
        ask(here(), "RPUSH", "list", "meanwhile");

        assertThat(following.begin(here(), there(), CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Copied.class);
        try (Following.Carrier carrier = following.carry(here(), there())) {
            awaitCaughtUp(carrier);
            assertThat(new RedisEngine().compare(here(), there(), Progress.SILENT))
                    .isInstanceOf(Comparison.Same.class);
        }
    }

    /** A side that was closed by a turn which was ended has not given its writes away: what it holds is newer. */
    @Test
    void bringsNothingBackFromATargetThatHasNeverTakenTheWrites() throws Exception {
        fill(here());
        begun().close();
        endIn("draining", here(), there());
        assertThat(takesWrites(here())).isFalse();

        assertThat(following.lag(there(), here())).isEmpty();
        following.stay(here(), there());
        assertThat(takesWrites(here())).isTrue();
        assertThat(takesWrites(there())).isFalse();
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(takesWrites(there())).isTrue();
    }

    /** The one who lost it was the one who brought the changes: nobody else has to be waited for. */
    @Test
    void goesOnAtOnceWhereTheLinkToTheSourceBreaks() throws Exception {
        fill(here());
        try (Following.Carrier carrier = begun()) {
            awaitCaughtUp(carrier);
            ask(here(), "CLIENT", "KILL", "TYPE", "replica");
            long began = System.nanoTime();
            awaitCaughtUp(carrier);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        }
    }

    /** What is behind the fence in the stream tells of it. */
    @Test
    void findsAClientThatHasSetTheFenceAgain() throws Exception {
        fill(here());
        try (Following.Carrier carrier = begun()) {
            assertIsNotTurned(carrier, () -> {
                writePastTheFence();
                setTheFenceAgain();
            });
        }
    }

    /** What came over is there, and what did not comes when there is room. */
    @Test
    void opensTheSourceAgainWhereTheTargetIsFull() throws Exception {
        fill(here());
        try (Following.Carrier carrier = begun()) {
            AtomicBoolean full = new AtomicBoolean();
            Turn turn = following.turn(here(), there(), LONGEST, amount -> {
                if (amount.what().equals("comparing beforehand") && full.compareAndSet(false, true)) {
                    ask(there(), "CONFIG", "SET", "maxmemory", "1");
                    ask(here(), "SET", "large", "x".repeat(100_000));
                }
            });
            assertThat(turn)
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class, not -> assertThat(not.reason()).contains("OOM"));
            assertThat(takesWrites(here())).isTrue();
            ask(there(), "CONFIG", "SET", "maxmemory", "0");
            assertThat(takesWrites(there())).isFalse();
            awaitCaughtUp(carrier);
            assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT))
                    .isInstanceOf(Turn.Done.class);
        }
        assertThat(ask(there(), "STRLEN", "large")).isEqualTo("100000");
    }

    @Test
    void opensTheSourceAgainWhereTheTargetDiffers() throws Exception {
        fill(here());
        try (Following.Carrier carrier = begun()) {
            insisting(there(), () -> ask(there(), "SET", "somebody's", "x"));
            assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class,
                            turn -> assertThat(turn.reason()).contains("somebody's"));
            ask(here(), "SET", "more", "1");
            awaitCaughtUp(carrier);
            assertThat(ask(there(), "GET", "more")).isEqualTo("1");
        }
        following.end(here(), there());
        assertThat(ask(there(), "KEYS", "*slipway*")).isEqualTo("[]");
    }

    @Test
    void saysInOneLineWhatCanNotBeFollowed() {
        ask(there(), "SET", "somebody's", "x");
        assertThatThrownBy(this::begin).isInstanceOf(TargetNotEmpty.class);
        assertThat(ask(there(), "KEYS", "*")).isEqualTo("[somebody's]");
        assertThatThrownBy(() -> following.turn(here(), there(), LONGEST, Progress.SILENT))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("nothing flows");
    }

    @Test
    void warnsOfTheFileThatASourceKeepsWhichSavesNothing() {
        ask(here(), "SET", "one", "1");
        assertThat(begin())
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.findings()).isEmpty());
        following.end(here(), there());
        insisting(there(), () -> ask(there(), "FLUSHALL"));
        ask(here(), "CONFIG", "SET", "save", "");

        assertThat(begin())
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.findings())
                                .singleElement()
                                .satisfies(finding ->
                                        assertThat(finding.toString()).contains("dump file", "next start")));
        following.end(here(), there());
    }
}
