package dev.slipway.redis;

import static dev.slipway.redis.Ask.ask;
import static dev.slipway.redis.Ask.command;
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
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Wire;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two real servers: whatever brings the changes, the one follows the other, takes its place, and gives it back. */
abstract class FollowContract {
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** May do all but follow as a replica does. */
    private static final String LESSER = "user lesser on >l3sser ~* &* +@all -psync";

    @TempDir
    Path folder;

    final Following following = new RedisEngine().following().orElseThrow();

    RedisServer old;

    RedisServer young;

    /** The step behind the fence in which a write that got past it is found. */
    abstract String proving();

    @BeforeEach
    void start() throws IOException {
        old = server("user default on >s0urce ~* &* +@all", LESSER, "repl-diskless-sync-delay 0");
        young = server("user default on >t4rget ~* &* +@all", "repl-diskless-sync-delay 0");
    }

    @AfterEach
    void stop() {
        old.close();
        young.close();
    }

    @Test
    void losesNoWriteOnTheWayThereBackAndThereAgain() throws Exception {
        fill(here());
        try (TransferWriter writer = TransferWriter.start(here())) {
            writer.awaitMore(200);
            try (Following.Carrier carrier = begun()) {
                writer.awaitMore(500);
                carrier.check();
                assertThat(takesWrites(there())).isFalse();
                turn(here(), there(), writer);
            }
            assertThat(takesWrites(here())).isFalse();
            writer.awaitMore(500);
            ask(there(), "DEL", "cleared");

            turn(there(), here(), writer);
            assertThat(takesWrites(there())).isFalse();
            writer.awaitMore(500);
            assertThat(ask(here(), "EXISTS", "cleared")).isEqualTo("0");

            turn(here(), there(), writer);
            writer.awaitMore(500);
            writer.end();
            writer.assertSum(there());
        }
        following.end(there(), here());
        assertThat(takesWrites(here())).isFalse();
        assertThat(following.lag(there(), here())).isEmpty();
        assertThat(ask(here(), "ACL", "LIST")).doesNotContain("slipway");
        assertThat(ask(there(), "KEYS", "*slipway*")).isEqualTo("[]");
    }

    /** What a script, a transaction, an expiry and a blocked client do. */
    @Test
    void carriesWhatCommandsDidRatherThanTheCommands() throws Exception {
        fill(here());
        try (Following.Carrier carrier = begun()) {
            ask(
                    here(),
                    "EVAL",
                    "redis.call('SET', KEYS[1], redis.call('TIME')[2]) redis.call('INCR', KEYS[2])",
                    "2",
                    "at",
                    "n");
            ask(here(), "SET", "soon", "x", "PX", "50");
            ask(here(), "SET", "later", "x", "EX", "1000");
            ask(here(), "XADD", "log", "*", "a", "1");
            ask(here(), "SPOP", "set");
            ask(here(), "INCRBYFLOAT", "float", "0.1");
            try (RedisStore store = RedisStore.open(here())) {
                Wire wire = store.wire(3, "test");
                command(wire, "SET", "in three", "3");
                command(wire, "MULTI");
                command(wire, "INCR", "n");
                command(wire, "LPUSH", "list", "z");
                command(wire, "EXEC");
                command(wire, "FLUSHDB");
                command(wire, "SET", "again in three", "4");
                wire.close();
            }
            awaitCaughtUp(carrier);
            assertThat(new RedisEngine().compare(here(), there(), Progress.SILENT))
                    .isInstanceOf(Comparison.Same.class);
            assertThat(ask(there(), "GET", "n")).isEqualTo("1");
        }
    }

    @Test
    void goesOnWhereAWorkerWasEnded() throws Exception {
        fill(here());
        begun().close();
        ask(here(), "RPUSH", "list", "meanwhile");

        assertThat(following.begin(here(), there(), CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Skipped.class);
        try (Following.Carrier carrier = following.carry(here(), there())) {
            awaitCaughtUp(carrier);
            assertThat(ask(there(), "LRANGE", "list", "0", "-1")).isEqualTo("[a, b, meanwhile]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bringing over what differs", "fencing", "bringing over the rest", "switching"})
    void isNeverTwoWritersWhereverAWayBackIsEnded(String step) throws Exception {
        fill(here());
        begun().close();
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        ask(there(), "RPUSH", "list", "new");

        endIn(step, there(), here());
        assertThat(takesWrites(here())).isFalse();
        assertThat(following.turn(there(), here(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(takesWrites(here())).isTrue();
        assertThat(takesWrites(there())).isFalse();
        assertThat(ask(here(), "LRANGE", "list", "0", "-1")).isEqualTo("[a, b, new]");
        assertThat(ask(here(), "ACL", "LIST")).doesNotContain("slipway").doesNotContain("-@write");
    }

    /** Whoever comes next finds out how far it was; {@code beforeTheFence} is each class's own. */
    @ParameterizedTest
    @MethodSource("beforeTheFence")
    void goesOnAsTheWriterWhereATurnIsEndedBeforeItsFence(String step) throws Exception {
        endATurn(step);
        assertThat(takesWrites(here())).isTrue();
        assertTurnsOnce();
    }

    @ParameterizedTest
    @MethodSource("behindTheFence")
    void isNobodyWhereATurnIsEndedBehindItsFence(String step) throws Exception {
        endATurn(step);
        assertThat(takesWrites(here())).isFalse();
        assertTurnsOnce();
    }

    private void endATurn(String step) throws Exception {
        fill(here());
        begun().close();
        ask(here(), "SET", "key 1", "another");
        endIn(step, here(), there());
        assertThat(takesWrites(there())).isFalse();
    }

    private void assertTurnsOnce() {
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(takesWrites(here())).isFalse();
        assertThat(takesWrites(there())).isTrue();
        assertThat(ask(there(), "GET", "key 1")).isEqualTo("another");
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Earlier.class);
    }

    /** It was stopped there, taken for dead, and goes on when another has turned them. */
    @ParameterizedTest
    @MethodSource({"beforeTheFence", "behindTheFence"})
    void isNeverTwoWritersWhereAnotherTurnsBesideIt(String step) {
        fill(here());
        begun().close();
        assertIsCutOff(() -> following.turn(here(), there(), LONGEST, at(step, this::turnsThere)));
        assertTurnedThereAndBack();
    }

    /** Its administrator can always lift a fence. */
    @Test
    void findsAClientThatInsists() throws Exception {
        fill(here());
        try (Following.Carrier carrier = begun()) {
            assertIsNotTurned(carrier, this::writePastTheFence);
        }
    }

    void writePastTheFence() {
        ask(here(), "CONFIG", "SET", "min-replicas-to-write", "0");
        ask(here(), "SET", "insisted", "yes");
    }

    /** @param insist is done behind the fence, and found */
    void assertIsNotTurned(Following.Carrier carrier, Runnable insist) {
        assertThat(following.turn(here(), there(), LONGEST, at(proving(), insist)))
                .isInstanceOf(Turn.NotDone.class);
        assertThat(takesWrites(here())).isTrue();
        assertThat(takesWrites(there())).isFalse();
        awaitCaughtUp(carrier);
        assertThat(ask(there(), "GET", "insisted")).isEqualTo("yes");
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
    }

    void setTheFenceAgain() {
        ask(here(), "CONFIG", "SET", "min-replicas-to-write", "1000000");
    }

    @Test
    void opensTheSourceAgainWhereThePauseIsTooLong() throws Exception {
        fill(here());
        try (Following.Carrier carrier = begun()) {
            Turn turn = following.turn(
                    here(),
                    there(),
                    Duration.ofSeconds(1),
                    at(
                            proving(),
                            () -> LockSupport.parkNanos(Duration.ofMillis(1_100).toNanos())));
            assertThat(turn)
                    .isInstanceOfSatisfying(
                            Turn.NotDone.class, not -> assertThat(not.reason()).contains("1 s"));
            assertThat(takesWrites(here())).isTrue();
            awaitCaughtUp(carrier);
        }
        following.end(here(), there());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mayFence", "mayOpen"})
    void isNeverTwoWritersWhereOthersRefuseAfterAnotherHasTurned(String question) {
        fill(here());
        begun().close();
        assertIsCutOff(() -> following.turn(
                here(), there(), LONGEST, new RefusingAccord(question, this::turnsThere), Progress.SILENT));
        assertTurnedThereAndBack();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bringing over what differs", "comparing beforehand", "fencing", "bringing over the rest"})
    void isNeverTwoWritersWhereAnotherTurnsBackBesideIt(String step) {
        fill(here());
        begun().close();
        turnsThere();
        assertIsCutOff(() -> following.turn(there(), here(), LONGEST, at(step, () -> {
            assertThat(following.turn(there(), here(), LONGEST, Progress.SILENT))
                    .isInstanceOf(Turn.Done.class);
            assertThat(ask(here(), "SET", "later", "yes")).isEqualTo("OK");
        })));
        assertThat(takesWrites(here())).isTrue();
        assertThat(takesWrites(there())).isFalse();
        assertThat(ask(here(), "GET", "later")).isEqualTo("yes");
    }

    /** It is proved, and all that is missing is to open the source. */
    @Test
    void isNeverTwoWritersWhereAnotherKeepsTheTargetBesideAWayBack() {
        fill(here());
        begun().close();
        turnsThere();
        assertIsCutOff(() -> following.turn(there(), here(), LONGEST, at("switching", () -> {
            assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT))
                    .isInstanceOf(Turn.Earlier.class);
        })));
        assertTurnedThereAndBack();
    }

    void turnsThere() {
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(ask(there(), "SET", "newer", "yes")).isEqualTo("OK");
    }

    /** Does something once when a turn has come to a step. */
    static Progress at(String step, Runnable once) {
        AtomicBoolean done = new AtomicBoolean();
        return amount -> {
            if (amount.what().equals(step) && done.compareAndSet(false, true)) {
                once.run();
            }
        };
    }

    static void assertIsCutOff(ThrowingCallable turn) {
        assertThatThrownBy(turn).isInstanceOfAny(StoreUnreachable.class, FollowFailed.class);
    }

    void assertTurnedThereAndBack() {
        assertThat(takesWrites(there())).isTrue();
        assertThat(takesWrites(here())).isFalse();
        assertThat(following.turn(there(), here(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(takesWrites(here())).isTrue();
        assertThat(takesWrites(there())).isFalse();
        assertThat(ask(here(), "GET", "newer")).isEqualTo("yes");
    }

    /** A rollback that was stopped before it ended the stream, and goes on after a cutover. */
    @Test
    void freesNoSourceWhoseTargetTakesTheWrites() {
        fill(here());
        begun().close();
        assertThatThrownBy(() -> following.end(there(), here()))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("takes the writes");
        assertThat(takesWrites(here())).isTrue();
        assertThat(takesWrites(there())).isFalse();

        turnsThere();
        assertThatThrownBy(() -> following.end(here(), there()))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("takes the writes");
        assertThatThrownBy(() -> following.stay(here(), there()))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("takes the writes");
        assertTurnedThereAndBack();
    }

    /** Where each side says that the other one has its writes, the one that was to take them back is the older one. */
    @Test
    void letsTheTargetGoOnAsTheWriterWhereAWayBackWasEnded() throws Exception {
        fill(here());
        begun().close();
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        ask(there(), "SET", "newer", "yes");
        endIn("bringing over the rest", there(), here());
        assertThat(takesWrites(there())).isFalse();

        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Earlier.class);
        assertThat(takesWrites(there())).isTrue();
        assertThat(ask(there(), "GET", "newer")).isEqualTo("yes");
        assertThat(takesWrites(here())).isFalse();

        assertThat(following.turn(there(), here(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(ask(here(), "GET", "newer")).isEqualTo("yes");
    }

    /** A container that was killed comes back by itself. */
    @Test
    void staysClosedWhereAServerCrashes() throws Exception {
        stop();
        old = server("user default on >s0urce ~* &* +@all", LESSER, "repl-diskless-sync-delay 0", "appendonly yes");
        young = server("user default on >t4rget ~* &* +@all", "repl-diskless-sync-delay 0", "appendonly yes");
        fill(here());
        begun().close();
        young = young.startAgain();
        assertThat(takesWrites(there())).isFalse();
        assertThat(begin()).isInstanceOf(CopyOutcome.Skipped.class);
        following.carry(here(), there()).close();
        assertThat(following.turn(here(), there(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);

        old = old.startAgain();
        assertThat(takesWrites(here())).isFalse();
        endIn("bringing over the rest", there(), here());
        old = old.startAgain();
        young = young.startAgain();
        assertThat(takesWrites(here())).isFalse();
        assertThat(takesWrites(there())).isFalse();

        assertThat(following.turn(there(), here(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        old = old.startAgain();
        young = young.startAgain();
        assertThat(takesWrites(here())).isTrue();
        assertThat(takesWrites(there())).isFalse();
        assertThat(ask(here(), "ACL", "LIST")).doesNotContain("slipway").doesNotContain("-@write");
    }

    void endIn(String step, StoreUrl writer, StoreUrl follower) {
        assertThatThrownBy(() -> following.turn(writer, follower, LONGEST, amount -> {
                    if (amount.what().equals(step)) {
                        throw new IllegalStateException("planted");
                    }
                }))
                .hasMessage("planted");
    }

    /** Half a copy is nobody's writer, and what gave it up is not passed over when the copy goes on. */
    @Test
    void endsACopyThatIsUnderWay() {
        fill(here());
        AtomicBoolean ended = new AtomicBoolean();
        assertThatThrownBy(() -> following.begin(here(), there(), CopyOptions.unfenced(), amount -> {
                    if (ended.compareAndSet(false, true)) {
                        assertThatThrownBy(() -> following.turn(here(), there(), LONGEST, Progress.SILENT))
                                .isInstanceOf(FollowFailed.class);
                        following.end(here(), there());
                    }
                }))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("another command has ended that");
        assertThat(ended).isTrue();
        assertThat(following.lag(here(), there())).isEmpty();
        assertThat(takesWrites(here())).isTrue();

        begun().close();
        turnsThere();
        assertThat(ask(there(), "KEYS", "*slipway*")).isEqualTo("[]");
    }

    /** It is copied to again, and that is ended in the middle. */
    @Test
    void goesOnWithACopyThatWasEndedInTheMiddle() {
        fill(here());
        begun().close();
        insisting(there(), () -> ask(there(), "HSET", "{slipway}stream", "history", "none"));
        assertThatThrownBy(() -> following.begin(here(), there(), CopyOptions.unfenced(), amount -> {
                    throw new IllegalStateException("planted");
                }))
                .hasMessage("planted");
        assertThat(takesWrites(there())).isFalse();
        assertThatThrownBy(() -> following.turn(here(), there(), LONGEST, Progress.SILENT))
                .isInstanceOf(FollowFailed.class);
        assertThat(takesWrites(here())).isTrue();
        begun().close();
        turnsThere();
        assertTurnedThereAndBack();
    }

    /** An app that still points there would be acknowledged what nobody brings over. */
    @Test
    void keepsATargetClosedThatWasGivenUpAndIsNotCopiedToAgain() {
        fill(here());
        begun().close();
        turnsThere();
        assertThat(following.turn(there(), here(), LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        following.end(here(), there());
        ask(here(), "SET", "newer", "again");
        assertThatThrownBy(this::begin)
                .isInstanceOf(TargetNotEmpty.class)
                .hasMessageContaining("CONFIG SET min-replicas-to-write 0");
        assertThat(takesWrites(here())).isTrue();
        assertThat(takesWrites(there())).isFalse();

        ask(there(), "CONFIG", "SET", "min-replicas-to-write", "0");
        assertThat(ask(there(), "FLUSHALL")).isEqualTo("OK");
        begun().close();
        turnsThere();
    }

    CopyOutcome begin() {
        return following.begin(here(), there(), CopyOptions.unfenced(), Progress.SILENT);
    }

    Following.Carrier begun() {
        assertThat(begin()).isInstanceOf(CopyOutcome.Copied.class);
        return following.carry(here(), there());
    }

    void turn(StoreUrl from, StoreUrl to, TransferWriter writer) {
        Turn turn = following.turn(from, to, LONGEST, Progress.SILENT);
        writer.url = to;
        assertThat(turn)
                .isInstanceOfSatisfying(
                        Turn.Done.class, done -> System.out.println("neither side took writes for " + done.pause()));
    }

    void awaitCaughtUp(Following.Carrier carrier) {
        String mark = UUID.randomUUID().toString();
        ask(here(), "SET", "mark", mark);
        Await.until(() -> {
            carrier.check();
            return ask(there(), "GET", "mark").equals(mark);
        });
    }

    static void fill(StoreUrl url) {
        ask(url, "RPUSH", "list", "a", "b");
        ask(url, "SADD", "set", "1", "2", "3");
        ask(url, "SET", "cleared", "x");
        ask(url, "SET", "float", "1.5");
        for (int i = 0; i < 2_000; i++) {
            ask(url, "SET", "key " + i, "value " + i);
        }
    }

    static boolean takesWrites(StoreUrl url) {
        String said = ask(url, "SET", "probe", "x");
        assertThat(said).matches("OK|NOREPLICAS.*|NOPERM.*");
        return said.equals("OK");
    }

    StoreUrl here() {
        return StoreUrl.parse("redis://:s0urce@127.0.0.1:" + old.port());
    }

    StoreUrl there() {
        return StoreUrl.parse("redis://:t4rget@127.0.0.1:" + young.port());
    }

    RedisServer server(String... configuration) throws IOException {
        List<String> lines = new ArrayList<>(List.of(configuration));
        lines.add("save 3600 1");
        return RedisServer.start(new RedisServer.Place(
                Path.of("target", "servers"),
                folder.resolve(UUID.randomUUID().toString()),
                folder.resolve("pids"),
                "127.0.0.1",
                0,
                lines));
    }
}
