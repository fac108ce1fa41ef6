package dev.slipway.postgres.copy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.SourceDigests;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.postgres.access.PostgresPair;
import dev.slipway.postgres.fence.CopyGround;
import dev.slipway.postgres.fence.PostgresFence;
import dev.slipway.postgres.schema.IndexPlan;
import dev.slipway.postgres.schema.LeftOut;
import dev.slipway.postgres.schema.Powers;
import dev.slipway.postgres.schema.SchemaScripts;
import dev.slipway.postgres.schema.ScriptPieces;
import dev.slipway.postgres.session.AppPath;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Copies a database: schema, rows, then what is built on rows. Each part commits together with the note that it is done, so a
 * killed copy goes on where it was: as long as the source's fence was never open in between, or, without a fence, with the parts
 * that the source still holds as they were.
 */
public final class PostgresCopy {
    private final PostgresTools tools;
    private final PostgresFence fence;
    private final long chunkBytes;
    private final BiFunction<StoreUrl, StoreUrl, Comparison> compare;

    /**
     * @param chunkBytes how much of a table is one transaction
     * @param compare asked about a target that holds something: what is the same already is not copied
     */
    public PostgresCopy(
            PostgresTools tools,
            PostgresFence fence,
            long chunkBytes,
            BiFunction<StoreUrl, StoreUrl, Comparison> compare) {
        this.tools = tools;
        this.fence = fence;
        this.chunkBytes = chunkBytes;
        this.compare = compare;
    }

    public CopyOutcome run(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        return run(source, target, options, CopyMoment.NOW, progress);
    }

    public CopyOutcome run(
            StoreUrl source, StoreUrl target, CopyOptions options, CopyMoment moment, Progress progress) {
        String what = "copy " + source + " to " + target;
        try (PostgresSession from = PostgresSession.open(source);
                PostgresSession to = PostgresSession.open(target)) {
            Sides sides = new Sides(source, target, from, to);
            CopyGround ground = CopyGround.of(from, source, options.fence());
            CopyLedger ledger = CopyLedger.claim(to, target, ground.owner(), ground.nonce());
            Optional<List<Finding>> passable = makeOurs(sides, ground, options.ownsTarget(), ledger, moment, what);
            if (passable.isEmpty()) {
                return new CopyOutcome.Skipped("the target holds the same already");
            }
            Ending ending = copy(sides, ground, ledger, options, moment, progress);
            ground.requireUnbroken(from, source);
            CopyLedger.Total total = ledger.total(to);
            Optional<SourceDigests> read = ground.fenced() ? Optional.of(ledger.sourceDigests(to)) : Optional.empty();
            ending.path.enter(to);
            Statistics.gather(to);
            ledger.drop(to, () -> to.executeAll(ending.last));
            List<Finding> findings = new ArrayList<>(passable.get());
            findings.addAll(ending.findings);
            return new CopyOutcome.Copied(total.rows(), total.bytes(), findings, read);
        } catch (SQLException e) {
            throw PostgresFailure.copy(what, e);
        } catch (IOException e) {
            throw PostgresFailure.copy(what, e);
        }
    }

    /**
     * Empties a target that holds no copy of ours, and tells what will not be carried as it is; empty where there is nothing to do,
     * because it holds the same already.
     */
    public Optional<List<Finding>> makeOurs(
            Sides sides, CopyGround ground, boolean owned, CopyLedger ledger, CopyMoment moment, String what)
            throws SQLException {
        if (!ledger.isBegun() && !isEmpty(sides.to)) {
            if (moment.isAnyMoment() && isSame(sides.source, sides.target)) {
                return Optional.empty();
            }
            requireOwned(owned, what);
        }
        List<Finding> findings = new PostgresPair(sides.source, sides.from, sides.to).demandPassable(what);
        tools.demandFor(sides.source, sides.from.majorVersion());
        boolean wiped = ledger.isOpen() && (ledger.has(sides.to, CopyLedger.SCHEMA) || isEmpty(sides.to));
        if (!wiped) {
            begin(sides.target, ground.owner(), sides.to, ledger);
        }
        return Optional.of(findings);
    }

    /** Where a migration copies, its caller has made sure that the target is its own. */
    private static void requireOwned(boolean owned, String what) {
        if (!owned) {
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
            to.execute(Sql.file("copy/wipe"));
        }
        if (!isEmpty(to)) {
            throw new SQLException("the target holds things that could not be dropped");
        }
    }

    /** Both databases, and a session on each. */
    public record Sides(StoreUrl source, StoreUrl target, PostgresSession from, PostgresSession to) {}

    /**
     * What a copy has found on the way, and has left to do.
     *
     * @param last statements for the very end
     */
    private record Ending(AppPath path, List<Finding> findings, List<String> last) {}

    private Ending copy(
            Sides sides,
            CopyGround ground,
            CopyLedger ledger,
            CopyOptions options,
            CopyMoment moment,
            Progress progress)
            throws SQLException, IOException {
        Powers powers = Powers.read(sides.to);
        AppPath path = AppPath.read(sides.from);
        String snapshot = moment.hold(sides.from);
        try {
            LeftOut leftOut = LeftOut.read(sides.from, powers);
            SchemaScripts scripts = SchemaScripts.dump(tools, sides.source, snapshot, leftOut);
            List<PostgresTable> tables = PostgresTable.all(sides.from, sides.to);
            if (!goesOn(sides, ground, ledger, moment, scripts, tables)) {
                begin(sides.target, ground.owner(), sides.to, ledger);
            }
            makeTables(sides, scripts, ledger);
            List<Finding> findings = new ArrayList<>();
            if (!ledger.has(sides.to, CopyLedger.FINISH)) {
                IndexPlan indexes = IndexPlan.read(sides.from, scripts.indexes(), tables);
                new TableCopies(sides.source, sides.target, path, snapshot, ledger, chunkBytes, options, progress)
                        .run(sides.to, tables, indexes);
                progress.say("constraints and triggers");
                SchemaScripts rest = scripts.adopting(indexes.adoptions());
                findings.addAll(new Finish(sides, path, rest, leftOut, ledger, tables).run());
            }
            List<String> last = new ArrayList<>(AccessCopy.eventTriggers(sides.from, leftOut));
            last.addAll(moment.last());
            return new Ending(path, findings, last);
        } finally {
            sides.from.execute("ROLLBACK");
        }
    }

    /** Whether what an earlier run left can stay, after the tables that cannot were taken off; otherwise all of it goes. */
    private boolean goesOn(
            Sides sides,
            CopyGround ground,
            CopyLedger ledger,
            CopyMoment moment,
            SchemaScripts scripts,
            List<PostgresTable> tables)
            throws SQLException {
        List<PostgresTable> lost = UnloggedTables.lost(sides, ledger, tables);
        // Once there are constraints and triggers, rows cannot be taken off by the table.
        if (ledger.hasBegunToFinish(sides.to)) {
            return lost.isEmpty() && (ground.fenced() || (moment.isAnyMoment() && isSame(sides.source, sides.target)));
        }
        for (PostgresTable table : lost) {
            ledger.takeOff(sides.to, table);
        }
        return ground.fenced() || new EarlierParts(sides, ledger).keepProved(scripts, tables);
    }

    /** What must be there before the rows, once; where only some of it has been made, the next run empties the target and begins anew. */
    public static void makeTables(Sides sides, SchemaScripts scripts, CopyLedger ledger) throws SQLException {
        if (ledger.has(sides.to, CopyLedger.SCHEMA)) {
            return;
        }
        try (PostgresSession session = PostgresSession.openForScripts(sides.target)) {
            List<String> pieces =
                    ScriptPieces.cut(SchemaScripts.forServer(scripts.before(), SchemaScripts.settings(session)));
            for (String piece : pieces) {
                session.transaction(() -> {
                    session.execute(piece);
                    ledger.demandHeld(session);
                });
            }
            session.transaction(() -> ledger.note(session, CopyLedger.SCHEMA, scripts.digest()));
        }
    }

    private boolean isSame(StoreUrl source, StoreUrl target) {
        return compare.apply(source, target) instanceof Comparison.Same;
    }

    public static boolean isEmpty(PostgresSession session) throws SQLException {
        return session.only(Sql.file("copy/empty"), row -> row.getBoolean(1));
    }
}
