package dev.slipway.postgres.copy;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Shard;
import dev.slipway.migration.SourceDigests;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.postgres.fence.CopyGround;
import dev.slipway.postgres.fence.OurSchema;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.session.Takeover;
import dev.slipway.postgres.table.CopyPart;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowDigest;
import dev.slipway.postgres.table.RowFormat;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What of a copy is done, kept on the target and committed together with what it says. It counts only under the fence whose
 * nonce it names.
 */
public final class CopyLedger {
    static final CopyPart SCHEMA = new CopyPart("schema", "");
    public static final CopyPart FINISH = new CopyPart("finish", "");
    private static final long LOCK = 0x51195a8L;
    /** Held by whoever claims a copy, or has claimed it. */
    private static final long CLAIMS = 0x51195aaL;

    private final FenceToken token;
    private final String nonce;
    private final String holder;
    private final Optional<ShardSessions> shard;
    private final boolean begun;
    private boolean open;

    private CopyLedger(
            FenceToken token, String nonce, String holder, Optional<ShardSessions> shard, boolean begun, boolean open) {
        this.token = token;
        this.nonce = nonce;
        this.holder = holder;
        this.shard = shard;
        this.begun = begun;
        this.open = open;
    }

    /** A step of what comes after the rows. */
    static CopyPart finish(String step) {
        return new CopyPart(FINISH.step(), step);
    }

    /** What a step came to; one without rows has a digest at most. */
    record Entry(CopyPart part, long rows, long bytes, String digest) {
        static Entry of(CopyPart part) {
            return new Entry(part, 0, 0, "");
        }

        private String sql() {
            return "(" + Sql.literal(part.step()) + ", " + Sql.literal(part.name()) + ", " + rows + "::bigint, " + bytes
                    + "::bigint, " + Sql.literal(digest) + ")";
        }
    }

    /** What was noted when it was asked for: the digests of parts, by their name. */
    public record Notes(Map<String, Map<CopyPart, String>> byName) {
        public boolean has(CopyPart part) {
            return byName.getOrDefault(part.name(), Map.of()).containsKey(part);
        }

        Map<CopyPart, String> of(PostgresTable table) {
            return byName.getOrDefault(table.qualified(), Map.of());
        }
    }

    /** What all tables together had. */
    public record Total(long rows, long bytes) {}

    /**
     * Makes this session the only one that copies to the target: a worker that hangs, of this attempt or an earlier one, is cut
     * off before it can add a row to what this one sees.
     *
     * @throws StaleAttempt if a later attempt copies
     */
    public static CopyLedger claim(PostgresSession session, StoreUrl target, FenceToken token, String nonce)
            throws SQLException {
        demand(token, read(session), target);
        cutOff(session);
        // Another one may have come while this one waited.
        Optional<String[]> found = read(session);
        demand(token, found, target);
        boolean open = found.isPresent() && found.get()[1].equals(nonce);
        String holder = UUID.randomUUID().toString();
        CopyLedger ledger = new CopyLedger(token, nonce, holder, Optional.empty(), found.isPresent(), open);
        if (open) {
            session.update("UPDATE slipway.copy SET token = ?, holder = ?", token.toString(), ledger.holder);
        }
        return ledger;
    }

    private static void demand(FenceToken token, Optional<String[]> found, StoreUrl target) {
        if (found.isPresent() && !token.mayLift(FenceToken.parse(found.get()[0]))) {
            throw new StaleAttempt(
                    "copy to " + target + " for " + token,
                    "the copy there belongs to " + found.get()[0],
                    "leave it to that attempt");
        }
    }

    /**
     * Takes part in the claim of another session and leaves its siblings alone; only an earlier worker of the same shard is cut off.
     *
     * @throws StaleAttempt if somebody has claimed the copy since
     * @throws FenceBroken if it was begun under a fence that was lifted since
     */
    public static CopyLedger join(PostgresSession session, StoreUrl target, CopyGround ground, Shard shard)
            throws SQLException {
        String what = "copy shard " + shard.name() + " to " + target;
        String[] found = read(session)
                .filter(row -> row[2].equals(shard.claim()))
                .orElseThrow(() -> new StaleAttempt(
                        what, "another worker or attempt has claimed the copy since", "leave it to that one"));
        if (!found[1].equals(ground.nonce())) {
            throw new FenceBroken(
                    what,
                    "the fence was lifted and raised again since the copy began",
                    "copy again from the beginning");
        }
        ShardSessions sessions = new ShardSessions(shard);
        sessions.cutOffEarlier(session);
        return new CopyLedger(ground.owner(), ground.nonce(), shard.claim(), Optional.of(sessions), true, true);
    }

    /** Lets a successor of this worker find a session that adds to the copy. */
    void enter(PostgresSession session) throws SQLException {
        if (shard.isPresent()) {
            shard.get().enter(session);
        }
    }

    /** Under which others may join. */
    public String holder() {
        return holder;
    }

    /** Of two that claim at the same moment the one that connected first is cut off, and not each by the other. */
    private static void cutOff(PostgresSession session) throws SQLException {
        session.execute("SELECT pg_advisory_lock_shared(" + CLAIMS + ")");
        boolean alone = Takeover.succeeds(() -> {
            session.query(Sql.file("copy/cut-off"), row -> row.getBoolean(1), PostgresSession.APPLICATION, CLAIMS);
            return session.only("SELECT pg_try_advisory_lock(?)", row -> row.getBoolean(1), LOCK);
        });
        if (!alone) {
            throw new SQLException("another worker copies to the target and does not end");
        }
    }

    private static Optional<String[]> read(PostgresSession session) throws SQLException {
        boolean there = session.only("SELECT to_regclass('slipway.copy') IS NOT NULL", row -> row.getBoolean(1));
        return there
                ? session.first("SELECT token, nonce, holder FROM slipway.copy", row ->
                        new String[] {row.getString(1), row.getString(2), row.getString(3)})
                : Optional.empty();
    }

    /** Whether it was begun under this fence. */
    boolean isOpen() {
        return open;
    }

    /** Whether what is on the target is a copy that did not end, under whatever fence. */
    boolean isBegun() {
        return begun;
    }

    /** Begins it: nothing counts as done any more, and what is on the target may be dropped. */
    void open(PostgresSession session) throws SQLException {
        session.execute("""
                CREATE SCHEMA IF NOT EXISTS slipway;
                DROP TABLE IF EXISTS slipway.copy, slipway.copied;
                CREATE TABLE slipway.copy (token text NOT NULL, nonce text NOT NULL, holder text NOT NULL);
                CREATE TABLE slipway.copied (
                    step text, name text, rows bigint NOT NULL, bytes bigint NOT NULL, digest text NOT NULL,
                    PRIMARY KEY (step, name))
                """);
        session.update("INSERT INTO slipway.copy VALUES (?, ?, ?)", token.toString(), nonce, holder);
        open = true;
    }

    public boolean has(PostgresSession session, CopyPart part) throws SQLException {
        return session.only(
                "SELECT EXISTS (SELECT 1 FROM slipway.copied WHERE step = ? AND name = ?)",
                row -> row.getBoolean(1),
                part.step(),
                part.name());
    }

    /** Whether there may be constraints and triggers by now. */
    boolean hasBegunToFinish(PostgresSession session) throws SQLException {
        return session.only(
                "SELECT EXISTS (SELECT 1 FROM slipway.copied WHERE step = ?)", row -> row.getBoolean(1), FINISH.step());
    }

    /** Within a transaction that notes nothing: a worker that was replaced cannot commit it. */
    void demandHeld(PostgresSession session) throws SQLException {
        demandHeld(session.query("SELECT FROM slipway.copy WHERE holder = ? FOR SHARE", row -> 1, holder)
                        .size()
                == 1);
    }

    private static void demandHeld(boolean held) throws SQLException {
        if (!held) {
            throw new SQLException("another worker has taken over the copy");
        }
    }

    /** Notes that a part without rows is done, within the transaction that does it. */
    void note(PostgresSession session, CopyPart part, String digest) throws SQLException {
        note(session, List.of(new Entry(part, 0, 0, digest)));
    }

    /** Notes that parts are done, within the transaction that does them; a worker that was replaced cannot commit it. */
    void note(PostgresSession session, List<Entry> entries) throws SQLException {
        String values = entries.stream().map(Entry::sql).collect(Collectors.joining(", "));
        List<Integer> noted = session.query(
                "WITH held AS (SELECT FROM slipway.copy WHERE holder = ? FOR SHARE)"
                        + " INSERT INTO slipway.copied SELECT entry.* FROM held, (VALUES " + values
                        + ") entry RETURNING 1",
                row -> 1,
                holder);
        demandHeld(noted.size() == entries.size());
    }

    /** All that is noted, at once: on a long line many questions take long. */
    public Notes notes(PostgresSession session) throws SQLException {
        Map<String, Map<CopyPart, String>> byName = new HashMap<>();
        session.query(
                "SELECT step, name, digest FROM slipway.copied",
                row -> byName.computeIfAbsent(row.getString(2), name -> new HashMap<>())
                        .put(new CopyPart(row.getString(1), row.getString(2)), row.getString(3)));
        return new Notes(byName);
    }

    /** How many rows were noted for a table. */
    long rows(PostgresSession session, PostgresTable table) throws SQLException {
        return session.only(
                "SELECT coalesce(sum(rows), 0)::bigint FROM slipway.copied WHERE name = ?",
                row -> row.getLong(1),
                table.qualified());
    }

    /** What the note of the schema says of it. */
    Optional<String> schemaDigest(PostgresSession session) throws SQLException {
        return session.first(
                "SELECT digest FROM slipway.copied WHERE step = ?", row -> row.getString(1), SCHEMA.step());
    }

    /** Takes all of a table off the target, and the notes of its parts. */
    void takeOff(PostgresSession session, PostgresTable table) throws SQLException {
        session.transaction(() -> {
            // Of an extension's table only some rows are the copy's.
            session.execute(
                    table.condition().isEmpty() ? "TRUNCATE ONLY " + table.qualified() : "DELETE" + table.from());
            session.update("DELETE FROM slipway.copied WHERE name = ?", table.qualified());
        });
    }

    public Total total(PostgresSession session) throws SQLException {
        return session.only(
                "SELECT coalesce(sum(rows), 0)::bigint, coalesce(sum(bytes), 0)::bigint FROM slipway.copied",
                row -> new Total(row.getLong(1), row.getLong(2)));
    }

    /** What all parts of each table had together. */
    SourceDigests sourceDigests(PostgresSession session) throws SQLException {
        Map<String, RowDigest> sums = new TreeMap<>();
        Map<String, RowFormat> formats = new HashMap<>();
        session.query(
                "SELECT name, rows, bytes, digest FROM slipway.copied WHERE digest LIKE '% %'",
                row -> {
                    String[] digest = row.getString(4).split(" ", 2);
                    formats.put(row.getString(1), RowFormat.valueOf(digest[0]));
                    sums.computeIfAbsent(row.getString(1), name -> new RowDigest())
                            .add(RowDigest.of(row.getLong(2), row.getLong(3), digest[1]));
                    return row;
                });
        return new SourceDigests(
                nonce,
                sums.entrySet().stream()
                        .map(sum -> new SourceDigests.Part(
                                sum.getKey(),
                                String.valueOf(formats.get(sum.getKey())),
                                sum.getValue().rows(),
                                sum.getValue().bytes(),
                                sum.getValue().hex()))
                        .toList());
    }

    /** What these parts had. */
    public Total total(PostgresSession session, Set<CopyPart> parts) throws SQLException {
        List<Total> noted = session
                .query(
                        "SELECT step, name, rows, bytes FROM slipway.copied",
                        row -> Map.entry(
                                new CopyPart(row.getString(1), row.getString(2)),
                                new Total(row.getLong(3), row.getLong(4))))
                .stream()
                .filter(note -> parts.contains(note.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return new Total(
                noted.stream().mapToLong(Total::rows).sum(),
                noted.stream().mapToLong(Total::bytes).sum());
    }

    /** Ends it, together with the last of the work. */
    void drop(PostgresSession session, PostgresSession.Work last) throws SQLException {
        session.transaction(() -> {
            // With this one all earlier transactions of the copy are on the server's disk.
            session.execute("SET LOCAL synchronous_commit = on");
            session.execute("DROP TABLE slipway.copied, slipway.copy");
            OurSchema.dropIfEmpty(session);
            last.run();
        });
    }
}
