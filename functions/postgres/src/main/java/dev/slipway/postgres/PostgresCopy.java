package dev.slipway.postgres;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.TargetNotEmpty;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * Copies a database: schema, rows, then what is built on rows. Each part commits together with the note that it is done, so a
 * killed copy goes on where it was: as long as the source's fence was never open in between, or, without a fence, with the parts
 * that the source still holds as they were.
 */
final class PostgresCopy {
    private final PostgresTools tools;
    private final PostgresFence fence;
    private final long chunkBytes;

    /** @param chunkBytes how much of a table is one transaction */
    PostgresCopy(PostgresTools tools, PostgresFence fence, long chunkBytes) {
        this.tools = tools;
        this.fence = fence;
        this.chunkBytes = chunkBytes;
    }

    CopyOutcome run(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        String what = "copy " + source + " to " + target;
        try (PostgresSession from = PostgresSession.open(source);
                PostgresSession to = PostgresSession.open(target)) {
            Sides sides = new Sides(source, target, from, to);
            CopyGround ground = CopyGround.of(from, source, options.fence());
            CopyLedger ledger = CopyLedger.claim(to, target, ground.owner(), ground.nonce());
            if (!makeOurs(sides, ground, ledger, what)) {
                return new CopyOutcome.Skipped("the target holds the same already");
            }
            copy(sides, ground, ledger, options, progress);
            ground.requireUnbroken(from, source);
            CopyLedger.Total total = ledger.total(to);
            to.execute("ANALYZE");
            ledger.drop(to);
            return new CopyOutcome.Copied(total.rows(), total.bytes());
        } catch (SQLException e) {
            throw PostgresFailure.copy(what, e);
        } catch (IOException e) {
            throw new CopyFailed(
                    what, String.valueOf(e.getMessage()), "remove the cause that it names, then copy again", e);
        }
    }

    /** Empties a target that holds no copy of ours; false where there is nothing to do, because it holds the same already. */
    boolean makeOurs(Sides sides, CopyGround ground, CopyLedger ledger, String what) throws SQLException {
        if (!ledger.isBegun() && !isEmpty(sides.to)) {
            if (isSame(sides.source, sides.target)) {
                return false;
            }
            requireFenced(ground, what);
        }
        new PostgresPair(sides.source, sides.from, sides.to).demandPassable(what);
        boolean wiped = ledger.isOpen() && (ledger.has(sides.to, CopyLedger.SCHEMA) || isEmpty(sides.to));
        if (!wiped) {
            begin(sides.target, ground.owner(), sides.to, ledger);
        }
        return true;
    }

    /** Where a migration copies, its caller has made sure that the target is its own. */
    private static void requireFenced(CopyGround ground, String what) {
        if (!ground.fenced()) {
            throw new TargetNotEmpty(
                    what,
                    "the target is not empty, and what it holds is not the same",
                    "name an empty database, or empty it");
        }
    }

    private void begin(StoreUrl target, FenceToken owner, PostgresSession to, CopyLedger ledger) throws SQLException {
        fence.lower(target, owner);
        to.transaction(() -> ledger.open(to));
        if (!isEmpty(to)) {
            to.execute(Sql.file("wipe"));
        }
        if (!isEmpty(to)) {
            throw new SQLException("the target holds things that could not be dropped");
        }
    }

    /** Both databases, and a session on each. */
    record Sides(StoreUrl source, StoreUrl target, PostgresSession from, PostgresSession to) {}

    private void copy(Sides sides, CopyGround ground, CopyLedger ledger, CopyOptions options, Progress progress)
            throws SQLException, IOException {
        String snapshot = sides.from.exportSnapshot();
        try {
            SchemaScripts scripts = SchemaScripts.dump(tools, sides.source, sides.from.majorVersion(), snapshot);
            List<PostgresTable> tables = PostgresTable.all(sides.from);
            if (!goesOn(sides, ground, ledger, scripts, tables)) {
                begin(sides.target, ground.owner(), sides.to, ledger);
            }
            makeTables(sides, scripts, ledger);
            if (!ledger.has(sides.to, CopyLedger.FINISH)) {
                new TableCopies(sides.source, sides.target, snapshot, ledger, chunkBytes, options, progress)
                        .run(sides.to, tables, IndexPlan.read(sides.from, scripts.indexes(), tables));
                progress.report(new Progress.Amount("constraints and triggers", 0, 0, 0, 0));
                finish(sides.target, scripts.after(), sides.from, ledger, tables);
            }
        } finally {
            sides.from.execute("ROLLBACK");
        }
    }

    /** Whether what an earlier run left can stay, after the tables that cannot were taken off; otherwise all of it goes. */
    private boolean goesOn(
            Sides sides, CopyGround ground, CopyLedger ledger, SchemaScripts scripts, List<PostgresTable> tables)
            throws SQLException {
        List<PostgresTable> lost = UnloggedTables.lost(sides, ledger, tables);
        // Once there are constraints and triggers, rows cannot be taken off by the table.
        if (ledger.has(sides.to, CopyLedger.FINISH)) {
            return lost.isEmpty() && (ground.fenced() || isSame(sides.source, sides.target));
        }
        for (PostgresTable table : lost) {
            ledger.takeOff(sides.to, table);
        }
        return ground.fenced() || new EarlierParts(sides, ledger, chunkBytes).keepProved(scripts, tables);
    }

    /** What must be there before the rows, once. */
    static void makeTables(Sides sides, SchemaScripts scripts, CopyLedger ledger) throws SQLException {
        if (ledger.has(sides.to, CopyLedger.SCHEMA)) {
            return;
        }
        try (PostgresSession session = PostgresSession.openForScripts(sides.target)) {
            String filtered = SchemaScripts.forServer(scripts.before(), SchemaScripts.settings(session));
            session.transaction(() -> {
                session.execute(filtered);
                ledger.note(session, CopyLedger.SCHEMA, scripts.digest());
            });
        }
    }

    private static void finish(
            StoreUrl target, String script, PostgresSession from, CopyLedger ledger, List<PostgresTable> tables)
            throws SQLException {
        try (PostgresSession session = PostgresSession.openForScripts(target)) {
            String filtered = SchemaScripts.forServer(script, SchemaScripts.settings(session));
            session.transaction(() -> {
                new LargeObjects(from, session).copy();
                session.execute(filtered);
                Sequences.copy(from, session);
                MaterializedViews.refresh(session, tables);
                ledger.note(session, CopyLedger.FINISH, "");
            });
        }
    }

    private boolean isSame(StoreUrl source, StoreUrl target) {
        return new PostgresCompare().run(source, target, Progress.SILENT) instanceof Comparison.Same;
    }

    static boolean isEmpty(PostgresSession session) throws SQLException {
        return session.only(Sql.file("empty"), row -> row.getBoolean(1));
    }
}
