package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.KilledCopy.Committed;
import dev.slipway.postgres.KilledCopy.Phase;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.TableChunk;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies that are killed in every phase and in every way, each followed by a run that ends. {@code -Dslipway.kill.seed=N} repeats
 * what a run with that seed did, as far as chance is ours; {@code -Dslipway.kills=N} is how many.
 */
@Tag("battery")
class PostgresKillIT {
    private static final PostgresTools TOOLS = PostgresTools.find(System.getenv());
    private static final long CHUNK_BYTES = 2L << 20;
    private static final int KILLS = Integer.getInteger("slipway.kills", 20);
    private static final long SEED = Long.getLong("slipway.kill.seed", System.nanoTime() % 1_000_000);
    private static final int TRIES = 5;
    private static final int UNLOGGED = 5000;
    private static final int CHUNKS_BEHIND = 2;

    /** Several small parts are one transaction; they come to fewer rows than two of the largest. */
    private static final long TOGETHER = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static Databases sources;
    private static Databases targets;

    private final Random random = new Random(SEED);
    private final PostgresEngine engine = new PostgresEngine(TOOLS, Duration.ofSeconds(10), CHUNK_BYTES);
    private StoreUrl source = StoreUrl.parse("postgres://nowhere/none");
    private long largestChunk;
    private long rows;
    private int parts;

    /** What is killed, and how. */
    private enum Kill {
        WORKER,
        SOURCE_SESSION,
        TARGET_SESSION,
        SOURCE_BACKEND,
        TARGET_BACKEND,
        SOURCE_NETWORK_CUT,
        TARGET_NETWORK_CUT,
        SOURCE_NETWORK_SILENT,
        TARGET_NETWORK_SILENT,
        NETWORK_SLOW;

        boolean leavesTheWorkerAlive() {
            return this == SOURCE_NETWORK_SILENT || this == TARGET_NETWORK_SILENT;
        }

        boolean crashesAServer() {
            return this == SOURCE_BACKEND || this == TARGET_BACKEND;
        }
    }

    @BeforeAll
    static void startServers() throws IOException {
        sources = new Databases(Files.createDirectory(folder.resolve("source")));
        targets = new Databases(Files.createDirectory(folder.resolve("target")));
    }

    @AfterAll
    static void stopServers() {
        sources.close();
        targets.close();
    }

    @Test
    void afterEachOfTwentyKillsTheNextRunEndsTheSame() throws Exception {
        System.out.printf("seed %d%n", SEED);
        fill();
        List<Kill> kills = deck(Kill.values());
        List<Phase> phases = deck(Phase.values());
        Set<Kill> struck = EnumSet.noneOf(Kill.class);
        Set<Phase> in = EnumSet.noneOf(Phase.class);
        long twice = 0;
        for (int i = 0; i < KILLS; i++) {
            Plan plan = new Plan(
                    i + 1,
                    kills.get(i),
                    phases.get(i),
                    random.nextBoolean(),
                    1 + random.nextInt(3),
                    random.nextDouble());
            twice += strikeUntilHit(plan);
            struck.add(plan.kill);
            in.add(plan.phase);
        }
        System.out.printf(
                Locale.ROOT, "after %d kills %,d rows were copied twice; the source has %,d%n", KILLS, twice, rows);
        assertThat(KILLS < Kill.values().length || struck.size() == Kill.values().length)
                .as("each kill struck")
                .isTrue();
        assertThat(KILLS < Phase.values().length || in.size() == Phase.values().length)
                .as("in each phase")
                .isTrue();
    }

    /** Each of them as often as any other, in a random order. */
    private <T> List<T> deck(T[] all) {
        List<T> deck = new ArrayList<>();
        while (deck.size() < KILLS) {
            List<T> round = new ArrayList<>(List.of(all));
            Collections.shuffle(round, random);
            deck.addAll(round);
        }
        return deck;
    }

    /**
     * One kill.
     *
     * @param moment how far into the phase, from 0 to 1
     */
    private record Plan(int number, Kill kill, Phase phase, boolean fenced, int jobs, double moment) {
        Plan earlier() {
            return new Plan(number, kill, phase, fenced, jobs, moment / 2);
        }

        Optional<FenceToken> fence() {
            return fenced ? Optional.of(new FenceToken("shop", number)) : Optional.empty();
        }
    }

    private void fill() throws SQLException, IOException {
        source = sources.fresh();
        try (InputStream in = PostgresKillIT.class.getResourceAsStream("mixed.sql")) {
            run(source, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        refill();
        try (PostgresSession session = PostgresSession.open(source)) {
            for (PostgresTable table : PostgresTable.all(session)) {
                for (TableChunk chunk : table.kind() == PostgresTable.Kind.TABLE
                        ? TableChunk.of(table, CHUNK_BYTES)
                        : List.<TableChunk>of()) {
                    long count = session.only("SELECT count(*)" + chunk.rows(), row -> row.getLong(1));
                    largestChunk = Math.max(largestChunk, count);
                    rows += count;
                    parts++;
                }
            }
        }
        System.out.printf(Locale.ROOT, "%,d rows in %d parts, the largest of %,d%n", rows, parts, largestChunk);
    }

    /** A crash of the server empties what is unlogged. */
    private void refill() {
        run(
                source,
                "INSERT INTO visits SELECT n, 'visit ' || n FROM generate_series(1, " + UNLOGGED
                        + ") n ON CONFLICT DO NOTHING;" + " SELECT setval('visits_id_seq', " + UNLOGGED
                        + "); ANALYZE visits");
    }

    private long strikeUntilHit(Plan first) throws Exception {
        Plan plan = first;
        for (int tries = TRIES; tries > 0; tries--) {
            StoreUrl target = targets.managed();
            plan.fence().ifPresent(token -> engine.fence(source, token));
            try (TcpProxy toSource = new TcpProxy(source);
                    TcpProxy toTarget = new TcpProxy(target)) {
                Optional<Long> twice = strike(plan, new Network(toSource, toTarget), target);
                if (twice.isPresent()) {
                    return twice.get();
                }
            } finally {
                plan.fence().ifPresent(token -> engine.unfence(source, token));
                refill();
            }
            plan = plan.earlier();
        }
        throw new IllegalStateException(first + " never struck: the copy was always over");
    }

    private record Network(TcpProxy toSource, TcpProxy toTarget) {}

    /** How many rows were sent more than once; empty where the copy was over before it could be killed. */
    private Optional<Long> strike(Plan plan, Network network, StoreUrl target) throws Exception {
        KilledCopy onSource = new KilledCopy(source);
        KilledCopy onTarget = new KilledCopy(targets.asSuperuser(target));
        Path out = Files.createTempFile(folder, "worker", ".out");
        CopyToKill.Order order = new CopyToKill.Order(
                network.toSource.to(source), network.toTarget.to(target), plan.fence(), plan.jobs, CHUNK_BYTES);
        Process worker = CopyToKill.start(TOOLS, order, out, "-Xmx512m");
        try {
            if (!reached(plan, onTarget, worker)) {
                return Optional.empty();
            }
            hit(plan.kill, worker, onSource, onTarget, network);
            if (!plan.kill.leavesTheWorkerAlive()) {
                assertThat(worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as(plan + " ends the worker; it said " + Files.readString(out))
                        .isTrue();
            }
            onSource.awaitServer();
            onTarget.awaitServer();
            if (plan.kill.crashesAServer() && !worker.isAlive() && worker.exitValue() == 0) {
                return over(plan);
            }
            Committed committed = onTarget.committed();
            long begun = System.nanoTime();
            CopyOutcome outcome = engine.copy(order.source(), order.target(), order.options(), Progress.SILENT);
            long milliseconds = (System.nanoTime() - begun) / 1_000_000;
            worker.destroyForcibly().waitFor();
            String printed = Files.readString(out);
            assertOneLine(plan, worker, printed);
            assertSame(plan, target);
            boolean skipped = outcome instanceof CopyOutcome.Skipped;
            long sent = Math.max(CopyToKill.sent(printed), committed.rows());
            long twice = skipped ? 0 : sent - onTarget.kept(committed);
            System.out.printf(
                    Locale.ROOT,
                    "%2d  %-21s in %-7s at %.2f  %-8s %d jobs: had sent %,7d and committed %,7d rows; next run %s in %,d ms; %,d rows twice%n",
                    plan.number,
                    plan.kill,
                    plan.phase,
                    plan.moment,
                    plan.fenced ? "fenced" : "unfenced",
                    plan.jobs,
                    sent,
                    committed.rows(),
                    skipped ? "skipped" : "same",
                    milliseconds,
                    twice);
            assertThat(twice)
                    .as(plan + ": rows copied twice")
                    .isBetween(0L, TOGETHER * plan.jobs * largestChunk + lost(plan));
            network.toSource.cut();
            network.toTarget.cut();
            assertNobodyIsLeft(plan, onSource);
            assertNobodyIsLeft(plan, onTarget);
            return Optional.of(twice);
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    /**
     * The copy came to its end though a server crashed. After that a crash moves sequences on and empties unlogged tables, which is no
     * affair of the copy's: it has outlived its source, and of the target nothing can be told.
     */
    private static Optional<Long> over(Plan plan) {
        return plan.kill == Kill.SOURCE_BACKEND ? Optional.of(0L) : Optional.empty();
    }

    /**
     * What a crash took: unlogged rows, which take all with them once there are constraints, and on the target what was committed in
     * the last three fifths of a second, because its log is written behind (synchronous_commit=off; three times wal_writer_delay).
     */
    private long lost(Plan plan) {
        if (!plan.kill.crashesAServer()) {
            return 0;
        }
        boolean constrained = plan.phase == Phase.FINISH || plan.phase == Phase.AFTER;
        long behind = plan.kill == Kill.TARGET_BACKEND ? largestChunk * CHUNKS_BEHIND * plan.jobs : 0;
        return constrained ? rows : UNLOGGED + behind;
    }

    private boolean reached(Plan plan, KilledCopy onTarget, Process worker) throws Exception {
        long steps = switch (plan.phase) {
            case ROWS -> 1 + (long) (plan.moment * (parts - 2));
            case INDEXES -> 1 + (long) (plan.moment * 8);
            case SCHEMA, FINISH, AFTER -> 1;
        };
        if (!onTarget.awaits(plan.phase, steps, worker)) {
            return false;
        }
        long pause = switch (plan.phase) {
            case SCHEMA, FINISH -> 500;
            case ROWS, INDEXES -> 20;
            case AFTER -> 50;
        };
        return !worker.waitFor((long) (plan.moment * pause), TimeUnit.MILLISECONDS);
    }

    private void hit(Kill kill, Process worker, KilledCopy onSource, KilledCopy onTarget, Network network) {
        switch (kill) {
            case WORKER -> worker.destroyForcibly();
            case SOURCE_SESSION -> onSource.terminateSession(random);
            case TARGET_SESSION -> onTarget.terminateSession(random);
            case SOURCE_BACKEND -> onSource.killBackend(random);
            case TARGET_BACKEND -> onTarget.killBackend(random);
            case SOURCE_NETWORK_CUT -> network.toSource.cut();
            case TARGET_NETWORK_CUT -> network.toTarget.cut();
            case SOURCE_NETWORK_SILENT -> network.toSource.swallow();
            case TARGET_NETWORK_SILENT -> network.toTarget.swallow();
            case NETWORK_SLOW -> {
                network.toSource.delay(Duration.ofMillis(5));
                network.toTarget.delay(Duration.ofMillis(5));
            }
        }
    }

    /** A worker that was not killed itself tells its failure in one line, if what was killed was needed at all. */
    private static void assertOneLine(Plan plan, Process worker, String printed) {
        if (plan.kill == Kill.WORKER || plan.kill.leavesTheWorkerAlive()) {
            return;
        }
        String said = CopyToKill.said(printed);
        assertThat(worker.exitValue()).as(plan + ": " + said).isIn(0, 2);
        assertThat(said.lines().toList()).as(plan.toString()).hasSize(1);
        assertThat(said).startsWith(worker.exitValue() == 2 ? "Tried to " : "Copied");
        assertThat(worker.exitValue() == 0)
                .as(said)
                .isEqualTo(plan.kill == Kill.NETWORK_SLOW || said.startsWith("Copied"));
        if (worker.exitValue() == 2) {
            System.out.println("    " + said);
        }
    }

    private void assertSame(Plan plan, StoreUrl target) throws SQLException {
        assertThat(engine.compare(source, target, Progress.SILENT))
                .as(plan.toString())
                .isInstanceOf(Comparison.Same.class);
        Map<String, String> expected = TableSums.of(source);
        assertThat(TableSums.of(targets.asSuperuser(target)))
                .as(plan.toString())
                .isEqualTo(expected);
        assertThat(ask(target, "SELECT count(*) FROM pg_namespace WHERE nspname = 'slipway'"))
                .isEqualTo("0");
    }

    private static void assertNobodyIsLeft(Plan plan, KilledCopy server) throws InterruptedException {
        assertThat(server.endsWithin(Duration.ofSeconds(10)))
                .as(plan + ": sessions that are left: " + server.sessions())
                .isTrue();
    }
}
