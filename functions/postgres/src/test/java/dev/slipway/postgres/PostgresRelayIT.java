package dev.slipway.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Accord;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Carrier;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two real servers that cannot reach each other, as an old one in an office and a managed one in a private network: what stands between them carries the changes. */
class PostgresRelayIT {
    private static final Map<String, String> LOGICAL = Map.of("wal_level", "logical");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    static Databases old;
    static Databases young;
    static TcpProxy toOld;
    static TcpProxy toYoung;

    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));
    private final Following following = engine.following().orElseThrow();

    @BeforeAll
    static void start() throws IOException {
        old = new Databases(folder.resolve("old"), LOGICAL);
        young = new Databases(folder.resolve("young"), LOGICAL);
        toOld = TcpProxy.keepingServersOut(old.fresh());
        toYoung = TcpProxy.keepingServersOut(young.fresh());
    }

    @AfterAll
    static void stop() throws IOException {
        toOld.close();
        toYoung.close();
        old.close();
        young.close();
    }

    @Test
    void losesNoWriteOnTheWayThereBackAndThereAgain() throws Exception {
        StoreUrl source = shop();
        StoreUrl target = toYoung.to(young.fresh());
        Transfers.Writer writer = new Transfers.Writer(source);
        Transfers transfers = Transfers.start(writer);
        try (transfers) {
            begin(source, target);
            try (Carrier _ = following.carry(source, target)) {
                transfers.awaitMore(200);
                turn(source, target, writer);
            }
            assertThat(following.isCarried(target, source)).isTrue();
            try (Carrier _ = following.carry(target, source)) {
                transfers.awaitMore(200);
                turn(target, source, writer);
            }
            transfers.awaitMore(200);
            // Nobody has carried them meanwhile: the turn does.
            turn(source, target, writer);
            transfers.awaitMore(50);
        }
        assertThat(Databases.ask(target, "SELECT sum(balance) FROM account")).isEqualTo("100000");
        assertThat(Long.parseLong(Databases.ask(target, "SELECT count(*) FROM ledger")))
                .as("every acknowledged transfer, and none twice")
                .isBetween(transfers.acknowledged(), transfers.acknowledged() + transfers.unknown());

        following.end(target, source);
        FollowedShop.assertNothingLeft(target);
        engine.unfence(source, engine.fenced(source).orElseThrow());
        FollowedShop.assertNothingLeft(source);
    }

    @Test
    void goesOnCarryingWhereAnotherStoreObjects() {
        StoreUrl source = shop();
        StoreUrl target = toYoung.to(young.fresh());
        begin(source, target);
        Accord refusal = new FailingAccord(new Accord.NoAccord("the other store differs"));

        assertThat(following.turn(source, target, LONGEST, refusal, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Turn.NotDone.class, not -> assertThat(not.reason()).isEqualTo("the other store differs"));
        Databases.run(source, "INSERT INTO cleared VALUES (77); INSERT INTO keyless VALUES ('three')");
        assertThat(following.turn(source, target, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
        assertThat(Databases.ask(target, "SELECT count(*) FROM cleared WHERE id = 77"))
                .isEqualTo("1");
        following.end(target, source);
    }

    /** Of every type a value, as its server writes it; rows of no key; keys of odd types. */
    @Test
    void carriesRowsOfAnyTypeAndKey() {
        StoreUrl source = toOld.to(old.fresh());
        StoreUrl target = toYoung.to(young.fresh());
        Databases.run(source, """
                CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; CREATE EXTENSION hstore SCHEMA ext;
                CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE spot AS (x int, y text); CREATE DOMAIN short AS varchar(5);
                CREATE TABLE types (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, t text, b bytea, n numeric(10,2), f float8, r real,
                    ts timestamptz, d date, i interval, j jsonb, js json, a int[], ta text[], m mood, s spot, sh short, c char(4), u uuid,
                    ip inet, bits bit(3), vb varbit, rng int4range, money money, h ext.hstore, x xml, long text,
                    doubled int GENERATED ALWAYS AS (length(t) * 2) STORED);
                CREATE TABLE odd (c ext.citext, s spot, m mood, d numeric, PRIMARY KEY (c, s, m, d));
                CREATE TABLE keyless (t text, n numeric, h ext.hstore, at timestamptz);
                CREATE TABLE "Quoted ""name""\" ("the key" text PRIMARY KEY, "a\\b" text);
                CREATE TABLE parent (id int PRIMARY KEY);
                CREATE TABLE child (id int PRIMARY KEY, parent int NOT NULL REFERENCES parent ON DELETE CASCADE);
                CREATE TABLE nothing ();
                CREATE TABLE toasted (id int PRIMARY KEY, long text, n int);
                CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''fired''; END';
                INSERT INTO toasted SELECT 1, string_agg(md5(g::text), ''), 1 FROM generate_series(1, 1000) g;
                INSERT INTO odd VALUES ('Key', (1, 'a b'), 'ok', 1.50);
                INSERT INTO keyless VALUES ('twice', 1.0, 'a=>1', now()), ('twice', 1.0, 'a=>1', now()), (NULL, NULL, NULL, NULL);
                INSERT INTO parent VALUES (1), (2); INSERT INTO child VALUES (1, 1), (2, 2)
                """);
        begin(source, target);
        Databases.run(source, """
                SET IntervalStyle = 'sql_standard'; SET extra_float_digits = 0; SET bytea_output = 'escape';
                INSERT INTO types (t, b, n, f, r, ts, d, i, j, js, a, ta, m, s, sh, c, u, ip, bits, vb, rng, money, h, x, long)
                SELECT E'it''s \\\\ "q" \\t\\n é 🚢', '\\x00ff27', 12.50, 0.1::float8 + 0.2::float8, 'NaN', '2026-03-01 10:00:00.123456+02',
                       '0044-03-15 BC', '1 year 2 mons -3 days 04:05:06.7', '{"a": [1, null]}', '{"a" :  1}', '{1,NULL,3}', ARRAY['a,b', NULL, '"', ''],
                       'sad', ROW(7, 'a,"b')::spot, 'abc', 'x', '5d1f0c3e-6f0b-4b1e-9a52-5b7c0d9e4a11', '10.0.0.1/8', B'101', B'1', '[1,5)', 12.34, 'k=>NULL, "a b"=>"c"',
                       '<a>b</a>', repeat('long ', 50000);
                INSERT INTO types (t) VALUES (''), (NULL);
                UPDATE types SET n = 13.75, long = NULL WHERE id = 1; UPDATE types SET t = 'changed' WHERE t = '';
                UPDATE odd SET d = 2.250 WHERE c = 'key'; UPDATE odd SET s = (2, NULL);
                DELETE FROM keyless WHERE ctid = (SELECT min(ctid) FROM keyless WHERE t = 'twice');
                UPDATE keyless SET t = 'none' WHERE t IS NULL;
                INSERT INTO "Quoted ""name""\" VALUES ('a''b', 'c\\d'); UPDATE "Quoted ""name""\" SET "the key" = 'other', "a\\b" = NULL;
                DELETE FROM parent WHERE id = 1; UPDATE toasted SET n = 2; INSERT INTO nothing DEFAULT VALUES;
                CREATE TRIGGER forbids BEFORE INSERT ON parent EXECUTE FUNCTION forbid(); DROP TRIGGER forbids ON parent
                """);
        turnOnce(source, target);

        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        assertThat(Databases.ask(target, "SELECT count(*) || ' ' || max(length(t)) FROM types"))
                .isEqualTo(Databases.ask(source, "SELECT count(*) || ' ' || max(length(t)) FROM types"));
        assertThat(Databases.ask(target, "SELECT n || ' ' || length(long) FROM toasted"))
                .isEqualTo("2 32000");
        assertThat(Databases.ask(target, "SELECT string_agg(id::text, ',') FROM child"))
                .isEqualTo("2");
        following.end(target, source);
    }

    @Tag("battery")
    @ParameterizedTest
    @ValueSource(strings = {"TRUNCATE parent, child", "TRUNCATE parent CASCADE", "TRUNCATE counted RESTART IDENTITY"})
    void carriesATruncate(String statement) {
        StoreUrl source = toOld.to(old.fresh());
        StoreUrl target = toYoung.to(young.fresh());
        Databases.run(source, """
                CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY REFERENCES parent);
                CREATE TABLE counted (id serial PRIMARY KEY);
                INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1); INSERT INTO counted DEFAULT VALUES
                """);
        begin(source, target);
        Databases.run(source, statement + "; INSERT INTO counted DEFAULT VALUES ON CONFLICT DO NOTHING");
        turnOnce(source, target);
        following.end(target, source);
    }

    /** A transaction is there as a whole or not at all, though what carries it is cut off again and again. */
    @Tag("battery")
    @Test
    void makesEachChangeOnceThoughItIsCutOff() throws Exception {
        StoreUrl plain = young.fresh();
        try (TcpProxy broken = TcpProxy.keepingServersOut(plain)) {
            StoreUrl source = shop();
            StoreUrl far = broken.to(plain);
            Transfers.Writer writer = new Transfers.Writer(source);
            Transfers transfers = Transfers.start(writer);
            try (transfers) {
                begin(source, far);
                try (Carrier _ = following.carry(source, far)) {
                    for (int i = 0; i < 12; i++) {
                        transfers.awaitMore(40);
                        broken.cut();
                    }
                    transfers.awaitMore(100);
                    turn(source, far, writer);
                }
            }
            assertThat(Databases.ask(plain, "SELECT sum(balance) FROM account")).isEqualTo("100000");
            assertThat(Long.parseLong(Databases.ask(plain, "SELECT count(*) FROM ledger")))
                    .isBetween(transfers.acknowledged(), transfers.acknowledged() + transfers.unknown());
            following.end(far, source);
        }
    }

    @Test
    void lagsByWhatNobodyCarries() {
        StoreUrl source = shop();
        StoreUrl target = toYoung.to(young.fresh());
        begin(source, target);
        Databases.run(source, "INSERT INTO cleared SELECT generate_series(100, 20000)");
        assertThat(following.lag(source, target))
                .hasValueSatisfying(lag -> assertThat(lag.flowing()).isFalse());
        assertThat(following.lag(source, target).orElseThrow().bytes()).isGreaterThan(100_000);
        following.end(source, target);
        FollowedShop.assertNothingLeft(source);
    }

    /** A client that says it carries a stream does not know the stream's word. */
    @Test
    void keepsOthersOutOfTheSideThatFollows() {
        StoreUrl source = shop();
        StoreUrl target = toYoung.to(young.fresh());
        begin(source, target);
        for (String word : new String[] {"", "guess"}) {
            assertThatThrownBy(() -> Databases.run(
                            target,
                            "SET default_transaction_read_only = off; SET slipway.carrier = '" + word
                                    + "'; INSERT INTO cleared VALUES (99)"))
                    .rootCause()
                    .hasMessageContaining("read-only");
        }
        following.end(source, target);
    }

    private StoreUrl shop() {
        StoreUrl store = old.fresh();
        Databases.run(store, FollowedShop.TABLES);
        return toOld.to(store);
    }

    private void begin(StoreUrl source, StoreUrl target) {
        assertThat(following.begin(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(CopyOutcome.Copied.class);
        assertThat(following.isCarried(source, target)).isTrue();
    }

    private void turnOnce(StoreUrl from, StoreUrl to) {
        assertThat(following.turn(from, to, LONGEST, Progress.SILENT)).isInstanceOf(Turn.Done.class);
    }

    private void turn(StoreUrl from, StoreUrl to, Transfers.Writer writer) {
        Turn turn = following.turn(from, to, LONGEST, Progress.SILENT);
        writer.movesTo(to);
        assertThat(turn)
                .isInstanceOfSatisfying(
                        Turn.Done.class, done -> System.out.println("neither side took writes for " + done.pause()));
    }
}
