package dev.slipway.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Accord;
import dev.slipway.migration.AwaitedAccord;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two real servers: the one follows the other, takes its place, and gives it back. */
class PostgresFollowIT {
    private static final Map<String, String> LOGICAL = Map.of("wal_level", "logical");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    static Databases old;
    static Databases young;

    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));
    private final Following following = engine.following().orElseThrow();

    @BeforeAll
    static void start() throws IOException {
        old = new Databases(folder.resolve("old"), LOGICAL);
        young = new Databases(folder.resolve("young"), LOGICAL);
    }

    @AfterAll
    static void stop() {
        old.close();
        young.close();
    }

    @Test
    void losesNoWriteOnTheWayThereBackAndThereAgain() throws Exception {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        Transfers.Writer writer = new Transfers.Writer(source);
        Transfers transfers = Transfers.start(writer);
        try (transfers) {
            begin(source, target);
            Databases.run(
                    source,
                    "UPDATE keyless SET word = 'deux' WHERE word = 'two'; DELETE FROM keyless WHERE word = 'one'");
            Databases.run(source, "INSERT INTO part VALUES (1, '2026-03-01'), (2, '2026-08-01'); TRUNCATE cleared");
            transfers.awaitMore(200);

            turn(source, target, writer);
            assertRefusesWrites(source);
            transfers.awaitMore(200);
            Databases.run(target, "INSERT INTO part VALUES (3, '2026-04-01'); INSERT INTO cleared VALUES (7)");

            turn(target, source, writer);
            assertRefusesWrites(target);
            transfers.awaitMore(200);
            assertThat(Databases.ask(source, "SELECT count(*) FROM part")).isEqualTo("3");
            assertThat(Databases.ask(source, "SELECT string_agg(id::text, ',') FROM cleared"))
                    .isEqualTo("7");

            turn(source, target, writer);
            transfers.awaitMore(200);
        }
        assertThat(Databases.ask(target, "SELECT sum(balance) FROM account")).isEqualTo("100000");
        assertThat(Databases.ask(target, "SELECT string_agg(word, ',') FROM keyless"))
                .isEqualTo("deux,deux");
        assertThat(Long.parseLong(Databases.ask(target, "SELECT count(*) FROM ledger")))
                .as("every acknowledged transfer, and none twice")
                .isBetween(transfers.acknowledged(), transfers.acknowledged() + transfers.unknown());

        following.end(target, source);
        FollowedShop.assertNothingLeft(target);
        assertRefusesWrites(source);
        engine.unfence(source, engine.fenced(source).orElseThrow());
        FollowedShop.assertNothingLeft(source);
    }

    /** A target without the schema was once taken for one that can not subscribe. */
    @Test
    void followsTablesOfSchemasThatTheTargetDoesNotHaveYet() throws Exception {
        StoreUrl source = old.fresh();
        StoreUrl target = young.fresh();
        Databases.run(
                source,
                "CREATE SCHEMA auth; CREATE TABLE auth.\"User\" (\"id\" serial PRIMARY KEY, \"email\" text);"
                        + " INSERT INTO auth.\"User\" (\"email\") VALUES ('one@example.org')");
        Transfers.Writer writer = new Transfers.Writer(source);
        begin(source, target);
        Databases.run(source, "INSERT INTO auth.\"User\" (\"email\") VALUES ('two@example.org')");

        turn(source, target, writer);
        Databases.run(target, "INSERT INTO auth.\"User\" (\"email\") VALUES ('three@example.org')");
        turn(target, source, writer);
        assertThat(Databases.ask(source, "SELECT string_agg(\"email\", ' ' ORDER BY \"id\") FROM auth.\"User\""))
                .isEqualTo("one@example.org two@example.org three@example.org");
    }

    @Test
    void goesOnWithACopyThatWasInterruptedAndSkipsOneThatFollows() {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        AtomicBoolean stopped = new AtomicBoolean();
        assertThatThrownBy(() -> following.begin(source, target, CopyOptions.unfenced(), amount -> {
                    if (amount.items() > 0 && stopped.compareAndSet(false, true)) {
                        throw new IllegalStateException("planted");
                    }
                }))
                .hasMessageContaining("planted");
        Databases.run(source, "UPDATE account SET balance = balance + 1 WHERE id = 1");

        assertThat(begin(source, target)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(begin(source, target)).isInstanceOf(CopyOutcome.Skipped.class);

        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Earlier.class);
        following.end(target, source);
    }

    /** Whoever comes next finds out how far it was. */
    @Tag("battery")
    @ParameterizedTest
    @ValueSource(
            strings = {"waiting until the target is near", "fencing", "draining", "comparing", "turning the stream"})
    void isNeverTwoWritersWhereverItIsKilled(String step) throws Exception {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        Databases.run(source, "UPDATE account SET balance = balance + 1 WHERE id = 1");
        killIn(step, source, target);

        assertThat(writers(source, target)).hasSizeLessThanOrEqualTo(1).doesNotContain(target);
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(writers(source, target)).containsExactly(target);

        killIn(step, target, source);
        assertThat(writers(source, target)).hasSizeLessThanOrEqualTo(1).doesNotContain(source);
        following.end(target, source);
        assertThat(writers(source, target)).containsExactly(target);
        FollowedShop.assertNothingLeft(target);
    }

    /** It was stopped there, taken for dead, and goes on when another has turned them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "waiting until the target is near",
                "comparing beforehand",
                "fencing",
                "draining",
                "comparing",
                "turning the stream"
            })
    void isNeverTwoWritersWhereAnotherTurnsBesideIt(String step) {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        AtomicBoolean turned = new AtomicBoolean();
        assertThatThrownBy(() -> following.turn(source, target, LONGEST, amount -> {
                    if (amount.what().equals(step) && turned.compareAndSet(false, true)) {
                        turnsThere(source, target);
                    }
                }))
                .isInstanceOfAny(StoreUnreachable.class, FollowFailed.class, FenceBroken.class);
        assertTurnedThereAndBack(source, target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mayFence", "mayOpen"})
    void isNeverTwoWritersWhereOthersRefuseAfterAnotherHasTurned(String question) {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        assertThatThrownBy(() -> following.turn(
                        source,
                        target,
                        LONGEST,
                        new Accord.Alone() {
                            @Override
                            public boolean mayFence() {
                                return answered("mayFence");
                            }

                            @Override
                            public boolean mayOpen() {
                                return answered("mayOpen");
                            }

                            private boolean answered(String asked) {
                                if (asked.equals(question)) {
                                    turnsThere(source, target);
                                    throw new NoAccord("the other store is not reached");
                                }
                                return true;
                            }
                        },
                        Progress.SILENT))
                .isInstanceOfAny(StoreUnreachable.class, FollowFailed.class, FenceBroken.class);
        assertTurnedThereAndBack(source, target);
    }

    /** It was stopped when all that was missing was to open its side. */
    @Test
    void isNeverTwoWritersWhereAnotherTakesTheWritesBackBeforeTheLastStep() {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        assertThatThrownBy(() -> following.turn(
                        source,
                        target,
                        LONGEST,
                        new Accord.Alone() {
                            @Override
                            public boolean mayOpen() {
                                assertThat(following.turn(target, source, LONGEST, Progress.SILENT))
                                        .isInstanceOf(Turn.Done.class);
                                return true;
                            }
                        },
                        Progress.SILENT))
                .isInstanceOf(StoreUnreachable.class);
        assertThat(writers(source, target)).containsExactly(source);
        turnsThere(source, target);
        assertTurnedThereAndBack(source, target);
    }

    private void turnsThere(StoreUrl source, StoreUrl target) {
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        Databases.run(target, "UPDATE account SET balance = balance + 7 WHERE id = 1");
    }

    private void assertTurnedThereAndBack(StoreUrl source, StoreUrl target) {
        assertThat(writers(source, target)).containsExactly(target);
        assertThat(following.turn(target, source, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(writers(source, target)).containsExactly(source);
        assertThat(Databases.ask(source, "SELECT balance FROM account WHERE id = 1"))
                .isEqualTo("1007");
        following.end(source, target);
        FollowedShop.assertNothingLeft(source);
    }

    /** A rollback that was stopped before it ended the stream, and goes on after a cutover. */
    @Test
    void freesNoSourceWhoseTargetTakesTheWrites() {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        turnsThere(source, target);

        assertThatThrownBy(() -> following.end(source, target))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("takes the writes");
        assertThatThrownBy(() -> following.stay(source, target))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("takes the writes");
        assertTurnedThereAndBack(source, target);
    }

    /** {@code cutover --finish} before a cutover. */
    @Test
    void opensNoTargetWhoseSourceTakesTheWrites() {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        assertThatThrownBy(() -> following.end(target, source))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("takes the writes");
        assertThat(writers(source, target)).containsExactly(source);
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        following.end(target, source);
    }

    /** What it has written since the cutover is nowhere else, as long as a stream back is behind. */
    @Test
    void letsTheTargetGoOnAsTheWriterWhereAWayBackWasEnded() throws Exception {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        try (Connection held = Databases.connect(source);
                Statement statement = held.createStatement()) {
            assertThatThrownBy(() -> following.turn(target, source, LONGEST, amount -> {
                        if (amount.what().equals("fencing")) {
                            holdTheStreamUp(statement);
                            Databases.run(target, "UPDATE account SET balance = balance + 7 WHERE id = 1");
                        }
                        if (amount.what().equals("draining")) {
                            throw new IllegalStateException("planted");
                        }
                    }))
                    .hasMessage("planted");
            assertThat(writers(source, target)).isEmpty();

            assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Earlier.class);
            assertThat(writers(source, target)).containsExactly(target);
        }
        assertThat(following.turn(target, source, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(Databases.ask(source, "SELECT balance FROM account WHERE id = 1"))
                .isEqualTo("1007");
        following.end(source, target);
    }

    /** What takes changes in waits for a row that somebody else holds. */
    private static void holdTheStreamUp(Statement statement) {
        try {
            statement.execute("BEGIN READ WRITE");
            statement.execute("SELECT * FROM account WHERE id = 1 FOR UPDATE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It was made and does not flow yet, where a turn is ended between the two. */
    @Test
    void letsASubscriptionFlowThatATurnHasMade() {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        stopTakingIn(target);
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        following.end(target, source);
    }

    @Test
    void staysWithTheSourceWhereATurnWasEnded() {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        assertThatThrownBy(() -> following.turn(source, target, LONGEST, amount -> {
                    if (amount.what().equals("draining")) {
                        throw new IllegalStateException("planted");
                    }
                }))
                .hasMessage("planted");
        assertThat(writers(source, target)).isEmpty();

        following.stay(source, target);
        assertThat(writers(source, target)).containsExactly(source);
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        following.end(target, source);
    }

    /** Both streams are there, and both sides closed. */
    @Test
    void turnsAgainWhereATurnWasEndedBetweenTheStreams() {
        StoreUrl source = shop();
        StoreUrl target = endedBetweenTheStreams(source);
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(writers(source, target)).containsExactly(target);
        following.end(target, source);
        FollowedShop.assertNothingLeft(target);
    }

    @Test
    void turnsBackWhereATurnWasEndedBetweenTheStreams() {
        StoreUrl source = shop();
        StoreUrl target = endedBetweenTheStreams(source);
        assertThat(following.turn(target, source, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(writers(source, target)).containsExactly(source);
        following.end(source, target);
        FollowedShop.assertNothingLeft(source);
    }

    @Test
    void staysWithTheSourceWhereATurnWasEndedBetweenTheStreams() {
        StoreUrl source = shop();
        StoreUrl target = endedBetweenTheStreams(source);
        following.stay(source, target);
        assertThat(writers(source, target)).containsExactly(source);
        Databases.run(source, "INSERT INTO cleared VALUES (77)");
        Databases.await(target, "SELECT EXISTS (SELECT 1 FROM cleared WHERE id = 77)");
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        following.end(target, source);
    }

    /** So that little is left to be decoded behind the fence. */
    @Test
    void hearsWhatTheLogsTellWhileOtherStoresAreWaitedFor() {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        AwaitedAccord accord = new AwaitedAccord(
                () -> Databases.run(source, "INSERT INTO cleared SELECT generate_series(1000, 2000)"),
                () -> Databases.ask(
                                source,
                                "SELECT bool_and(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), confirmed_flush_lsn) < 10000)::text"
                                        + " FROM pg_replication_slots WHERE temporary AND database = current_database()")
                        .equals("true"));

        assertThat(following.turn(source, target, LONGEST, accord, Progress.SILENT))
                .isInstanceOf(Turn.Done.class);
        assertThat(Databases.ask(target, "SELECT count(*) FROM cleared WHERE id >= 1000"))
                .isEqualTo("1001");
        following.end(target, source);
    }

    private StoreUrl endedBetweenTheStreams(StoreUrl source) {
        StoreUrl target = young.fresh();
        begin(source, target);
        assertThatThrownBy(() -> following.turn(
                        source,
                        target,
                        LONGEST,
                        new FailingAccord(new IllegalStateException("planted")),
                        Progress.SILENT))
                .hasMessage("planted");
        assertThat(writers(source, target)).isEmpty();
        return target;
    }

    @Test
    void saysAtOnceWhereTheSourceHasNotKeptItsLog() {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        stopTakingIn(target);
        loseTheLog(source);

        assertThatThrownBy(() -> following.turn(source, target, LONGEST, Progress.SILENT))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("max_slot_wal_keep_size");
        following.end(source, target);
        assertThat(writers(source, target)).containsExactly(source);
        FollowedShop.assertNothingLeft(source);
    }

    private static void stopTakingIn(StoreUrl follower) {
        Databases.run(follower, """
                SET transaction_read_only = off;
                DO $$ DECLARE name text;
                BEGIN
                  SELECT subname INTO name FROM pg_subscription JOIN pg_database d ON d.oid = subdbid WHERE datname = current_database();
                  EXECUTE format('ALTER SUBSCRIPTION %I DISABLE', name);
                END $$
                """);
    }

    private static void loseTheLog(StoreUrl writer) {
        Databases.run(writer, "ALTER SYSTEM SET max_slot_wal_keep_size = '16MB'");
        Databases.run(writer, "SELECT pg_reload_conf()");
        for (int segments = 0; segments < 6; segments++) {
            Databases.run(writer, "SELECT pg_logical_emit_message(false, 'segment', 'full')");
            Databases.run(writer, "SELECT pg_switch_wal()");
        }
        Databases.run(writer, "CHECKPOINT");
        Databases.run(writer, "ALTER SYSTEM RESET max_slot_wal_keep_size");
        Databases.run(writer, "SELECT pg_reload_conf()");
    }

    private static void killIn(String step, StoreUrl writer, StoreUrl follower) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                TurnInAnotherProcess.class.getName(),
                writer.reveal(),
                follower.reveal(),
                step);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("enough");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Those that take a write now. */
    private static List<StoreUrl> writers(StoreUrl... sides) {
        return Stream.of(sides).filter(PostgresFollowIT::takesWrites).toList();
    }

    private static boolean takesWrites(StoreUrl store) {
        try (Connection connection = Databases.connect(store);
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("UPDATE account SET balance = balance WHERE id = 2");
            return true;
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("read-only");
            return false;
        }
    }

    @Test
    void opensTheSourceAgainWhereTheTargetDiffers() throws SQLException {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        try (Connection connection = Databases.connect(target);
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER TABLE account DISABLE TRIGGER slipway_fence");
            statement.execute("UPDATE account SET balance = 1 WHERE id = 7");
            statement.execute("ALTER TABLE account ENABLE ALWAYS TRIGGER slipway_fence");
        }

        assertThat(following.turn(source, target, LONGEST, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Turn.NotDone.class, turn -> assertThat(turn.reason()).contains("account"));
        Databases.run(source, "INSERT INTO cleared VALUES (11)");
        assertThat(following.lag(source, target)).isPresent();
        following.end(source, target);
        FollowedShop.assertNothingLeft(source);
    }

    @Test
    void opensTheSourceAgainWhereThePauseIsTooLong() {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        Turn turn = following.turn(source, target, Duration.ofSeconds(2), amount -> {
            if (amount.what().equals("comparing")) {
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            }
        });

        assertThat(turn)
                .isInstanceOfSatisfying(
                        Turn.NotDone.class, not -> assertThat(not.reason()).contains("2 s"));
        assertThat(writers(source, target)).containsExactly(source);
        following.end(source, target);
    }

    /** The owner of a table, or a superuser, can switch off the trigger that keeps them out. */
    @ParameterizedTest
    @ValueSource(strings = {"comparing", "turning the stream"})
    void findsAClientThatInsists(String step) {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        AtomicBoolean insisted = new AtomicBoolean();

        Turn turn = following.turn(source, target, LONGEST, amount -> {
            if (amount.what().equals(step) && insisted.compareAndSet(false, true)) {
                insist(source);
            }
        });

        assertThat(turn)
                .isInstanceOfSatisfying(
                        Turn.NotDone.class, not -> assertThat(not.reason()).contains("cleared"));
        assertThat(writers(source, target)).containsExactly(source);
        // What was written behind the fence follows.
        Databases.await(target, "SELECT EXISTS (SELECT 1 FROM cleared WHERE id = 77)");
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(writers(source, target)).containsExactly(target);
        following.end(target, source);
        FollowedShop.assertNothingLeft(target);
    }

    /** What has come over and is not confirmed does not come again when a turn is taken back. */
    @Test
    void takesEachChangeInOnceThoughATurnIsTakenBack() throws IOException {
        StoreUrl plain = shop();
        StoreUrl target = young.fresh();
        try (TcpProxy network = new TcpProxy(plain)) {
            StoreUrl source = network.to(plain);
            begin(source, target);
            AtomicBoolean insisted = new AtomicBoolean();

            Turn turn = following.turn(source, target, LONGEST, amount -> {
                if (amount.what().equals("turning the stream") && insisted.compareAndSet(false, true)) {
                    network.loseConfirmations(true);
                    insist(plain);
                    Databases.await(target, "SELECT EXISTS (SELECT 1 FROM cleared WHERE id = 77)");
                }
            });
            network.loseConfirmations(false);

            assertThat(turn).isInstanceOf(Turn.NotDone.class);
            assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
            following.end(target, source);
        }
    }

    private static void insist(StoreUrl source) {
        Databases.run(source, """
                SET transaction_read_only = off;
                ALTER TABLE cleared DISABLE TRIGGER slipway_fence;
                INSERT INTO cleared VALUES (77);
                ALTER TABLE cleared ENABLE ALWAYS TRIGGER slipway_fence
                """);
    }

    /** A server can miss that a subscription is to flow, and looks again after 180 s. */
    @Test
    void wakesAServerThatHasOverlookedTheStream() {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        AtomicBoolean overlooked = new AtomicBoolean();

        Turn turn = following.turn(source, target, LONGEST, amount -> {
            if (amount.what().equals("waiting until the target is near") && overlooked.compareAndSet(false, true)) {
                overlook(target);
            }
        });

        assertThat(overlooked).isTrue();
        assertThat(turn).isInstanceOf(Turn.Done.class);
        following.end(target, source);
    }

    /** As one that is started anew. */
    @Test
    void goesOnWatchingWhereTheTargetIsNotReached() throws IOException, InterruptedException {
        StoreUrl source = shop();
        StoreUrl target = young.fresh();
        begin(source, target);
        TcpProxy network = new TcpProxy(target);
        try (Following.Carrier carrier = following.carry(source, network.to(target))) {
            network.close();
            for (int i = 0; carrier.trouble().isEmpty(); i++) {
                assertThat(i).isLessThan(1_000);
                carrier.check();
                Thread.sleep(10);
            }
        }
        following.end(source, target);
    }

    /** As a lost signal leaves it: what is set in the catalog wakes nobody. */
    private static void overlook(StoreUrl follower) {
        stopTakingIn(follower);
        // So long it looks by itself after it has started one.
        LockSupport.parkNanos(Duration.ofSeconds(6).toNanos());
        Databases.run(follower, """
                SET transaction_read_only = off;
                UPDATE pg_subscription s SET subenabled = true
                FROM pg_database d WHERE d.oid = s.subdbid AND d.datname = current_database()
                """);
    }

    /** Read before the fence is what is read again only where a log has told of it. */
    @Test
    void provesRowsOfAnyKeyThatWereWrittenAfterTheyWereRead() {
        StoreUrl source = shop();
        Databases.run(source, """
                CREATE TYPE mood AS ENUM ('it''s fine', 'so "so"');
                CREATE TABLE odd ("The Key" text, at timestamptz, PRIMARY KEY ("The Key", at));
                CREATE TABLE "Much" (a numeric, b uuid, c mood, d char(5), e bytea, f date, body text, PRIMARY KEY (a, b, c, d, e, f));
                CREATE TABLE emptied (id int PRIMARY KEY);
                CREATE TABLE only_unique (id int NOT NULL, word text);
                CREATE UNIQUE INDEX one ON only_unique (id);
                ALTER TABLE only_unique REPLICA IDENTITY USING INDEX one;
                INSERT INTO odd SELECT E'x\\\\"{},\\n' || g, '2026-01-01'::timestamptz + g * interval '1.5 s' FROM generate_series(1, 300) g;
                INSERT INTO "Much" SELECT g / 4.0, gen_random_uuid(), 'so "so"', 'é' || g, decode(md5(g::text), 'hex'), '2026-01-01'::date + g, repeat('long', 3000) FROM generate_series(1, 300) g;
                INSERT INTO emptied SELECT generate_series(1, 10);
                INSERT INTO only_unique SELECT g, 'word' FROM generate_series(1, 300) g
                """);
        StoreUrl target = young.fresh();
        begin(source, target);
        AtomicBoolean written = new AtomicBoolean();

        Turn turn = following.turn(source, target, LONGEST, amount -> {
            if (amount.what().equals("fencing") && written.compareAndSet(false, true)) {
                Databases.run(source, """
                        UPDATE odd SET "The Key" = "The Key" || '''' WHERE extract(second FROM at) < 20;
                        DELETE FROM odd WHERE extract(second FROM at) > 50;
                        UPDATE "Much" SET a = a + 1000.50, c = 'it''s fine' WHERE a < 20;
                        UPDATE "Much" SET body = 'short' WHERE a BETWEEN 20 AND 30;
                        DELETE FROM "Much" WHERE a BETWEEN 40 AND 50;
                        TRUNCATE emptied;
                        INSERT INTO emptied VALUES (11);
                        UPDATE only_unique SET word = 'other' WHERE id % 3 = 0;
                        DELETE FROM keyless WHERE word = 'one';
                        UPDATE account SET balance = balance + 1;
                        INSERT INTO part VALUES (9, '2026-09-01')
                        """);
            }
        });

        assertThat(turn)
                .isInstanceOfSatisfying(
                        Turn.Done.class,
                        done -> assertThat(engine.compare(source, target, Progress.SILENT))
                                .isEqualTo(done.proof()));
        assertThat(Databases.ask(target, "SELECT count(*) FROM only_unique WHERE word = 'other'"))
                .isEqualTo("100");
        following.end(target, source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE account SET balance = 1 WHERE id = 7",
                "DELETE FROM keyless WHERE word = 'one'",
                "TRUNCATE part_early"
            })
    void findsWhatWasWrittenOnTheTargetAfterItWasRead(String statement) throws SQLException {
        StoreUrl source = shop();
        Databases.run(source, "INSERT INTO part VALUES (1, '2026-03-01')");
        StoreUrl target = young.fresh();
        begin(source, target);
        AtomicBoolean written = new AtomicBoolean();

        Turn turn = following.turn(source, target, LONGEST, amount -> {
            if (amount.what().equals("draining") && written.compareAndSet(false, true)) {
                for (String change : List.of("DISABLE TRIGGER", "ENABLE ALWAYS TRIGGER")) {
                    Databases.run(
                            target,
                            "SET transaction_read_only = off;"
                                    + Stream.of("account", "keyless", "part_early")
                                            .map(table -> "ALTER TABLE " + table + " " + change + " slipway_fence;")
                                            .collect(Collectors.joining())
                                    + (change.startsWith("DISABLE") ? statement : ""));
                }
            }
        });

        assertThat(turn)
                .isInstanceOfSatisfying(
                        Turn.NotDone.class,
                        not -> assertThat(not.reason())
                                .contains(statement.replaceAll(".*(account|keyless|part).*", "$1")));
        assertThat(writers(source, target)).containsExactly(source);
        following.end(source, target);
        FollowedShop.assertNothingLeft(source);
    }

    @Test
    void saysInOneLineWhatCanNotBeFollowed() {
        StoreUrl source = shop();
        Databases.run(source, "CREATE UNLOGGED TABLE scratch (id int PRIMARY KEY); CREATE TABLE notes (body json)");
        StoreUrl target = young.fresh();

        assertThatThrownBy(() -> begin(source, target))
                .isInstanceOf(FollowFailed.class)
                .hasMessageContaining("public.notes (no key, and a type without equality)")
                .hasMessageContaining("public.scratch (unlogged)");
        following.end(source, target);
        FollowedShop.assertNothingLeft(source);
    }

    private static StoreUrl shop() {
        StoreUrl source = old.fresh();
        Databases.run(source, FollowedShop.TABLES);
        return source;
    }

    private CopyOutcome begin(StoreUrl source, StoreUrl target) {
        return following.begin(source, target, CopyOptions.unfenced(), Progress.SILENT);
    }

    private void turn(StoreUrl from, StoreUrl to, Transfers.Writer writer) {
        Turn turn = following.turn(from, to, LONGEST, Progress.SILENT);
        writer.movesTo(to);
        assertThat(turn)
                .isInstanceOfSatisfying(
                        Turn.Done.class, done -> System.out.println("neither side took writes for " + done.pause()));
    }

    private static void assertRefusesWrites(StoreUrl store) {
        assertThatThrownBy(() -> Databases.run(
                        store, "SET default_transaction_read_only = off; INSERT INTO cleared VALUES (99)"))
                .rootCause()
                .hasMessageContaining("read-only");
    }
}
