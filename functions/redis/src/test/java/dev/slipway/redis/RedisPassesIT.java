package dev.slipway.redis;

import static dev.slipway.redis.Ask.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By passes, where the source's login may not follow as a replica does. */
class RedisPassesIT extends FollowContract {

    @Override
    StoreUrl here() {
        return StoreUrl.parse("redis://lesser:l3sser@127.0.0.1:" + old.port());
    }

    @Override
    String proving() {
        return "bringing over the rest";
    }

    static Stream<String> beforeTheFence() {
        return Stream.of("bringing over what differs", "comparing beforehand", "fencing");
    }

    static Stream<String> behindTheFence() {
        return Stream.of("bringing over the rest", "switching");
    }

    @Test
    void saysHowItFollowsAndAsksForNoReplication() throws Exception {
        fill(here());
        assertThat(begin())
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.findings().toString())
                                .contains(
                                        "followed by passes (PSYNC is not allowed)",
                                        "that were changed since the one before"));
        try (Following.Carrier carrier = following.carry(here(), there())) {
            awaitCaughtUp(carrier);
            assertThat(following.lag(here(), there()).orElseThrow().flowing()).isTrue();
        }
        assertThat(ask(here(), "INFO", "commandstats")).doesNotContain("cmdstat_psync:");
    }

    @Test
    void followsByPassesWhereThatIsAsked() throws Exception {
        fill(here());
        StoreUrl asked = StoreUrl.parse("redis://:s0urce@127.0.0.1:" + old.port() + "?read=scan");
        following.begin(asked, there(), CopyOptions.unfenced(), Progress.SILENT);
        try (Following.Carrier carrier = following.carry(asked, there())) {
            awaitCaughtUp(carrier);
            assertThat(following.turn(asked, there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        }
        assertThat(following.turn(there(), asked, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(ask(here(), "INFO", "commandstats")).doesNotContain("cmdstat_psync:");
    }

    /** What no key is told of: all of a database, and its exchange for another. */
    @Test
    void findsWhatTheSourceDoesNotTellOfKeyByKey() throws Exception {
        fill(here());
        try (Following.Carrier carrier = begun()) {
            awaitCaughtUp(carrier);
            ask(here(), "SWAPDB", "0", "5");
            Await.until(() -> ask(there(), "EXISTS", "list").equals("0"));
            awaitSame();
            ask(here(), "FLUSHALL");
            Await.until(() -> ask(there(), "INFO", "keyspace").lines().noneMatch(line -> line.startsWith("db5")));
            awaitSame();
            carrier.check();
        }
    }

    @Test
    void bringsWhatWasChangedWhileNobodyListened() throws Exception {
        fill(here());
        begun().close();
        ask(here(), "DEL", "key 1");
        ask(here(), "SADD", "set", "4");
        ask(here(), "EXPIRE", "key 2", "1000");
        assertThat(begin()).isInstanceOf(CopyOutcome.Skipped.class);
        assertThat(following.lag(here(), there()).orElseThrow().flowing()).isFalse();
        try (Following.Carrier carrier = following.carry(here(), there())) {
            awaitCaughtUp(carrier);
            awaitSame();
        }
    }

    private void awaitSame() throws Exception {
        Await.until(() -> new RedisEngine().compare(here(), there(), Progress.SILENT) instanceof Comparison.Same);
    }

    /** The older command goes on, and brings nothing more. */
    @Test
    void isBroughtByOneCommandAlone() throws Exception {
        fill(here());
        try (Following.Carrier first = begun()) {
            awaitCaughtUp(first);
            Following other = new RedisEngine().following().orElseThrow();
            other.begin(here(), there(), CopyOptions.unfenced(), Progress.SILENT);
            try (Following.Carrier second = other.carry(here(), there())) {
                awaitCaughtUp(second);
                assertThat(other.turn(here(), there(), LONGEST, Progress.SILENT))
                        .isInstanceOf(Turn.Done.class);
                ask(there(), "SET", "key 1", "newer");
                first.check();
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                assertThat(ask(there(), "GET", "key 1")).isEqualTo("newer");
            }
        }
    }

    /** Nothing tells of that but the keys, and they come over. */
    @Test
    void bringsWhatAClientWroteThatHasSetTheFenceAgain() throws Exception {
        fill(here());
        begun().close();
        assertThat(following.turn(here(), there(), LONGEST, at(proving(), () -> {
                    writePastTheFence();
                    setTheFenceAgain();
                })))
                .isInstanceOf(Turn.Done.class);
        assertThat(ask(there(), "GET", "insisted")).isEqualTo("yes");
    }

    /** A server of 6.0 or 6.1 tells of no key, and a login may not be let to hear: each pass looks at all. */
    @Test
    void looksAtAllKeysWhereTheSourceDoesNotTell() throws Exception {
        String deaf = "user deaf on >d34f ~* &* +@all -psync -client|tracking";
        try (var source = ServerOf.start(folder, RedisRelease.REDIS_7_0, deaf);
                var target = ServerOf.start(folder, RedisRelease.REDIS_7_0)) {
            StoreUrl from = StoreUrl.parse("redis://deaf:d34f@127.0.0.1:" + source.port());
            StoreUrl to = ServerOf.url(target);
            fill(from);
            assertThat(following.begin(from, to, CopyOptions.unfenced(), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            CopyOutcome.Copied.class,
                            copied -> assertThat(copied.findings().toString())
                                    .contains("each looks at all keys, because"));
            try (Following.Carrier carrier = following.carry(from, to)) {
                ask(from, "SET", "key 1", "another");
                Await.until(() -> ask(to, "GET", "key 1").equals("another"));
                carrier.check();
                assertThat(following.turn(from, to, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
            }
            assertThat(takesWrites(to)).isTrue();
        }
    }

    /** It may have no room for what was changed last. */
    @ParameterizedTest
    @ValueSource(strings = {"comparing beforehand", "bringing over the rest"})
    void opensTheSourceAgainWhereTheTargetTakesAKeyNoMore(String step) throws Exception {
        fill(here());
        begun().close();
        Turn turn = following.turn(here(), there(), LONGEST, amount -> {
            if (amount.what().equals("comparing beforehand")) {
                ask(here(), "SET", "large", "x".repeat(100_000));
            }
            if (amount.what().equals(step)) {
                ask(there(), "CONFIG", "SET", "maxmemory", "1");
            }
        });
        assertThat(turn)
                .isInstanceOfSatisfying(
                        Turn.NotDone.class, not -> assertThat(not.reason()).contains("OOM"));
        assertThat(takesWrites(here())).isTrue();
        ask(there(), "CONFIG", "SET", "maxmemory", "0");
        assertThat(takesWrites(there())).isFalse();
        assertThat(begin()).isInstanceOf(CopyOutcome.Skipped.class);
        try (Following.Carrier carrier = following.carry(here(), there())) {
            awaitCaughtUp(carrier);
        }
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(ask(there(), "STRLEN", "large")).isEqualTo("100000");
    }

    @Test
    void bringsEveryTypeToALaterVersion() throws Exception {
        try (var source = ServerOf.start(folder, RedisRelease.REDIS_6_2);
                var target = ServerOf.start(folder, RedisRelease.REDIS_8_0)) {
            StoreUrl from = StoreUrl.parse(ServerOf.url(source) + "?read=scan");
            StoreUrl to = ServerOf.url(target);
            writeAll(from);
            following.begin(from, to, CopyOptions.unfenced(), Progress.SILENT);
            try (Following.Carrier carrier = following.carry(from, to)) {
                ask(from, "FLUSHALL");
                writeAll(from);
                assertThat(following.turn(from, to, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
                carrier.check();
            }
            assertThat(new RedisEngine().compare(from, to, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        }
    }

    private static void writeAll(StoreUrl url) {
        try (RedisStore store = RedisStore.open(url)) {
            new EveryEncoding(store).write();
        }
    }

    @ParameterizedTest
    @CsvSource({"-acl, may not use CONFIG and ACL", "-config, who may use CONFIG", "-client, may not use CLIENT"})
    void saysInOneLineWhoseLoginCouldNotTakeItsWritesBack(String right, String said) {
        ask(here(), "ACL", "SETUSER", "least", "on", ">l34st", "~*", "&*", "+@all", "-psync", right);
        StoreUrl least = StoreUrl.parse("redis://least:l34st@127.0.0.1:" + old.port());
        assertThatThrownBy(() -> following.begin(least, there(), CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(SlipwayException.class)
                .hasMessageContaining(said);
        assertThat(ask(there(), "KEYS", "*")).isEqualTo("[]");
    }
}
