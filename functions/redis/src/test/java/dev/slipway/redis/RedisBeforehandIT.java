package dev.slipway.redis;

import static dev.slipway.redis.Ask.ask;
import static dev.slipway.redis.Ask.insisting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.AwaitedAccord;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Two real servers: what is compared while the app still writes, and what is changed after that. */
class RedisBeforehandIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int KEYS = 3_000;
    private static final Pattern CALLS = Pattern.compile("cmdstat_(type|dump|pttl|memory\\S*):calls=(\\d+)");
    private static final String EVERY = "comparing every key";

    @TempDir
    Path folder;

    private final RedisEngine engine = new RedisEngine();
    private final Following following = engine.following().orElseThrow();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    /** The source and the target. */
    private final List<RedisServer> servers = new ArrayList<>();

    /** When something is done. */
    enum Moment {
        IN_THE_PASS,
        BEFORE_THE_FENCE
    }

    static Stream<Arguments> releasesAndMoments() {
        return Stream.of(RedisRelease.values())
                .filter(release -> release != RedisRelease.REDIS_5_0)
                .flatMap(release -> Stream.of(Moment.values()).map(moment -> Arguments.of(release, moment)));
    }

    @AfterEach
    void stop() {
        servers.forEach(RedisServer::close);
    }

    /** By somebody who was told that the target is not theirs yet. */
    @ParameterizedTest
    @MethodSource("releasesAndMoments")
    void findsEveryChangeOfTheTarget(RedisRelease release, Moment moment) throws Exception {
        try (Following.Carrier carrier = begun(release)) {
            Turn turn = turn(moment, () -> insisting(there(), () -> Change.make(there())));
            assertFound(turn, 24);
            carrier.check();
        }
        assertThat(said).noneMatch(line -> line.startsWith(EVERY));
    }

    /** A script may keep a write from replicas, and so from us. */
    @ParameterizedTest
    @MethodSource("releasesAndMoments")
    void findsEveryChangeOfTheSourceThatItsStreamDoesNotTell(RedisRelease release, Moment moment) throws Exception {
        try (Following.Carrier carrier = begun(release)) {
            Turn turn = turn(moment, () -> Change.makeUnsent(here()));
            assertFound(turn, 18);
            carrier.check();
        }
        assertThat(said).noneMatch(line -> line.startsWith(EVERY));
    }

    private void assertFound(Turn turn, int atLeast) {
        Comparison whole = engine.compare(here(), there(), Progress.SILENT);
        assertThat(whole).isInstanceOfSatisfying(Comparison.Different.class, different -> {
            assertThat(different.total()).isGreaterThanOrEqualTo(atLeast);
            assertThat(turn)
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class,
                            not -> assertThat(not.reason()).startsWith(different.total() + " differences"));
        });
    }

    @ParameterizedTest
    @MethodSource("releasesAndMoments")
    void carriesWhatIsChangedMeanwhileAndProvesItAll(RedisRelease release, Moment moment) throws Exception {
        try (Following.Carrier carrier = begun(release)) {
            carrier.check();
            Turn turn = turn(moment, () -> Change.make(here()));
            if (release == RedisRelease.REDIS_7_0) {
                // It tells no replica how many entries a group has read.
                assertThat(turn)
                        .isInstanceOfSatisfying(
                                Turn.NotDone.class,
                                not -> assertThat(not.reason())
                                        .startsWith("1 differences")
                                        .contains("entries-read"));
                return;
            }
            assertProvesAll(turn);
        }
        assertThat(said).noneMatch(line -> line.startsWith(EVERY));
    }

    /** The same as a comparison finds that reads everything now. */
    private void assertProvesAll(Turn turn) {
        assertThat(turn).isInstanceOfSatisfying(Turn.Done.class, done -> {
            Comparison whole = engine.compare(here(), there(), Progress.SILENT);
            assertThat(done.proof())
                    .usingRecursiveComparison()
                    .ignoringFields("findings")
                    .isEqualTo(whole);
        });
    }

    @ParameterizedTest
    @EnumSource
    void readsAllAgainWhereDatabasesOfTheSourceAreExchanged(Moment moment) throws Exception {
        readsAllAgain(moment, () -> ask(here(), "SWAPDB", "3", "4"));
    }

    @ParameterizedTest
    @EnumSource
    void readsAllAgainWhereADatabaseOfTheSourceIsEmptied(Moment moment) throws Exception {
        readsAllAgain(moment, () -> ask(here(), "EVAL", "redis.call('SELECT', 4) redis.call('FLUSHDB')", "0"));
    }

    private void readsAllAgain(Moment moment, Runnable work) throws IOException {
        try (Following.Carrier carrier = begun(RedisRelease.REDIS_6_2)) {
            ask(here(), "COPY", "key 1", "one", "DB", "4");
            awaitCaughtUp(carrier);
            assertProvesAll(turn(moment, work));
        }
        assertThat(said.stream().anyMatch(line -> line.startsWith(EVERY))).isEqualTo(moment == Moment.BEFORE_THE_FENCE);
    }

    @Test
    void opensTheSourceAgainWhereAServerRefusesToBeCompared() throws Exception {
        try (Following.Carrier carrier = begun(RedisRelease.REDIS_6_2)) {
            ask(here(), "ACL", "SETUSER", "default", "-pttl");
            assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class, not -> assertThat(not.reason()).contains("NOPERM"));
            assertThat(ask(here(), "SET", "probe", "x")).isEqualTo("OK");
            carrier.check();
        }
    }

    @Test
    void findsDatabasesThatSomebodyHasExchangedOnTheTarget() throws Exception {
        try (Following.Carrier carrier = begun(RedisRelease.REDIS_7_0)) {
            ask(here(), "COPY", "key 1", "one", "DB", "4");
            ask(here(), "COPY", "key 2", "two", "DB", "5");
            awaitCaughtUp(carrier);
            assertThat(turn(Moment.BEFORE_THE_FENCE, () -> insisting(there(), () -> ask(there(), "SWAPDB", "4", "5"))))
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class, not -> assertThat(not.reason()).startsWith("4 differences"));
        }
    }

    @Test
    void findsADatabaseThatSomebodyHasEmptiedOnTheTarget() throws Exception {
        try (Following.Carrier carrier = begun(RedisRelease.REDIS_6_2)) {
            ask(here(), "COPY", "key 1", "one", "DB", "4");
            awaitCaughtUp(carrier);
            String empty = "redis.call('SELECT', 4) redis.call('FLUSHDB')";
            assertThat(turn(Moment.BEFORE_THE_FENCE, () -> insisting(there(), () -> ask(there(), "EVAL", empty, "0"))))
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class, not -> assertThat(not.reason()).contains("db4:one"));
        }
    }

    /** A key that the pause's comparison had no reason to look at. */
    @Test
    void findsAChangeOfTheTargetWhileItComparesInThePause() throws Exception {
        try (Following.Carrier carrier = begun(RedisRelease.REDIS_6_2)) {
            carrier.check();
            AtomicBoolean comparing = new AtomicBoolean();
            AtomicBoolean changed = new AtomicBoolean();
            Turn turn = following.turn(here(), there(), LONGEST, amount -> {
                if (amount.what().equals("fencing")) {
                    ask(here(), "SET", "key 1", "another");
                }
                if (comparing.get() && amount.items() > 0 && changed.compareAndSet(false, true)) {
                    insisting(there(), () -> ask(there(), "SET", "key 7", "somebody's"));
                }
                comparing.compareAndSet(false, amount.what().equals("comparing"));
            });
            assertThat(changed).isTrue();
            assertThat(turn)
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class, not -> assertThat(not.reason()).contains("key 7"));
        }
    }

    /** Whatever the number of keys. */
    @Test
    void readsInThePauseOnlyWhatWasChanged() throws Exception {
        try (Following.Carrier carrier = begun(RedisRelease.REDIS_6_2)) {
            carrier.check();
            Turn turn = turn(Moment.BEFORE_THE_FENCE, () -> {
                ask(here(), "SET", "key 1", "another");
                ask(here(), "SET", "key 2", "another");
                ask(here(), "CONFIG", "RESETSTAT");
                ask(there(), "CONFIG", "RESETSTAT");
            });
            assertThat(turn).isInstanceOf(Turn.Done.class);
            // Two keys and nine streams, in two databases.
            assertThat(questions(here())).isBetween(11L, 150L);
            assertThat(questions(there())).isBetween(11L, 150L);
        }
    }

    /** So that little of it is left to be read in the pause. */
    @Test
    void readsWhatIsChangedWhileOtherStoresAreWaitedFor() throws Exception {
        try (Following.Carrier carrier = begun(RedisRelease.REDIS_6_2)) {
            carrier.check();
            AwaitedAccord accord = new AwaitedAccord(
                    () -> {
                        ask(here(), "CONFIG", "RESETSTAT");
                        ask(here(), "EVAL", "for i = 1, 2500 do redis.call('SET', 'key ' .. i, 'x') end", "0");
                    },
                    () -> questions(here()) > 2_500);
            assertProvesAll(following.turn(here(), there(), LONGEST, accord, Progress.SILENT));
        }
    }

    private static long questions(StoreUrl url) {
        return CALLS.matcher(ask(url, "INFO", "commandstats"))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(2)))
                .sum();
    }

    @ParameterizedTest
    @EnumSource
    void comparesEveryKeyWhereAServerIsHeardNoMore(Moment moment) throws Exception {
        try (Following.Carrier carrier = begun(RedisRelease.REDIS_6_2)) {
            Turn turn = turn(moment, () -> {
                cutOffWitness(there());
                insisting(there(), () -> ask(there(), "SET", "key 7", "somebody's"));
            });
            assertThat(turn)
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class, not -> assertThat(not.reason()).contains("key 7"));
            insisting(there(), () -> ask(there(), "SET", "key 7", "value 7"));
            awaitCaughtUp(carrier);
            assertProvesAll(turn(Moment.BEFORE_THE_FENCE, () -> cutOffWitness(here())));
        }
        assertThat(said).anyMatch(line -> line.startsWith(EVERY) && line.contains("does not tell"));
    }

    private static void cutOffWitness(StoreUrl url) {
        ask(url, "CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains("name=slipway-witness"))
                .map(line -> line.substring("id=".length(), line.indexOf(' ')))
                .forEach(id -> assertThat(ask(url, "CLIENT", "KILL", "ID", id)).isEqualTo("1"));
    }

    @Test
    void comparesEveryKeyInThePauseWhereAServerRefusesToTell() throws Exception {
        try (Following.Carrier carrier = begun(RedisRelease.REDIS_6_2)) {
            carrier.check();
            ask(here(), "ACL", "SETUSER", "default", "-client");
            assertProvesAll(turn(Moment.BEFORE_THE_FENCE, () -> ask(here(), "SET", "key 1", "another")));
        }
        assertThat(said).anyMatch(line -> line.startsWith(EVERY) && line.contains("NOPERM"));
    }

    @Test
    void comparesEveryKeyWhereTooMuchWasChanged() throws Exception {
        try (Following.Carrier carrier = begun(RedisRelease.REDIS_6_2)) {
            carrier.check();
            String many = "for i = 1, 70 do redis.call('SET', string.rep('x', 1000000) .. i, i) end";
            assertProvesAll(turn(Moment.BEFORE_THE_FENCE, () -> ask(here(), "EVAL", many, "0")));
        }
        assertThat(said).anyMatch(line -> line.startsWith(EVERY) && line.contains("keys were changed"));
    }

    private Turn turn(Moment moment, Runnable work) {
        AtomicBoolean done = new AtomicBoolean();
        Turn turn = following.turn(here(), there(), LONGEST, amount -> {
            if (amount.items() == 0) {
                said.add(amount.what());
            }
            boolean now = moment == Moment.BEFORE_THE_FENCE
                    ? amount.what().equals("fencing")
                    : amount.items() > KEYS * 9 / 10;
            if (now && done.compareAndSet(false, true)) {
                work.run();
            }
        });
        assertThat(done).isTrue();
        return turn;
    }

    private Following.Carrier begun(RedisRelease release) throws IOException {
        servers.add(ServerOf.start(folder, release, "requirepass s0urce", "repl-diskless-sync-delay 0", "save 3600 1"));
        servers.add(ServerOf.start(folder, release, "requirepass t4rget", "repl-diskless-sync-delay 0", "save 3600 1"));
        for (int i = 0; i < KEYS; i++) {
            ask(here(), "SET", "key " + i, "value " + i);
        }
        Change.prepare(here());
        assertThat(following.begin(here(), there(), CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Copied.class);
        Following.Carrier carrier = following.carry(here(), there());
        awaitCaughtUp(carrier);
        return carrier;
    }

    private void awaitCaughtUp(Following.Carrier carrier) {
        String mark = UUID.randomUUID().toString();
        ask(here(), "SET", "mark", mark);
        Await.until(() -> {
            carrier.check();
            return ask(there(), "GET", "mark").equals(mark);
        });
    }

    private StoreUrl here() {
        return StoreUrl.parse("redis://:s0urce@127.0.0.1:" + servers.getFirst().port());
    }

    private StoreUrl there() {
        return StoreUrl.parse("redis://:t4rget@127.0.0.1:" + servers.getLast().port());
    }
}
