package dev.slipway.postgres.copy;

import dev.slipway.migration.Finding;
import dev.slipway.postgres.copy.PostgresCopy.Sides;
import dev.slipway.postgres.schema.ForeignKeys;
import dev.slipway.postgres.schema.LeftOut;
import dev.slipway.postgres.schema.SchemaScripts;
import dev.slipway.postgres.schema.ScriptEntry;
import dev.slipway.postgres.schema.ScriptPieces;
import dev.slipway.postgres.session.AppPath;
import dev.slipway.postgres.session.InspectionQuery;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.table.LargeObjects;
import dev.slipway.postgres.table.MaterializedViews;
import dev.slipway.postgres.table.PostgresTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Gatherers;

/** Builds what rests on the rows of a copy, and gives everything its owner and its grants. */
final class Finish {
    private static final int KEYS_TOGETHER = 50;

    private final Sides sides;
    private final AppPath path;
    private final SchemaScripts scripts;
    private final LeftOut leftOut;
    private final CopyLedger ledger;
    private final List<PostgresTable> tables;

    Finish(
            Sides sides,
            AppPath path,
            SchemaScripts scripts,
            LeftOut leftOut,
            CopyLedger ledger,
            List<PostgresTable> tables) {
        this.sides = sides;
        this.path = path;
        this.scripts = scripts;
        this.leftOut = leftOut;
        this.ledger = ledger;
        this.tables = tables;
    }

    /** Returns what could not be made as it is on the source. */
    List<Finding> run() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (PostgresSession session = PostgresSession.openForScripts(sides.target())) {
            Set<String> settings = SchemaScripts.settings(session);
            Sequences.copy(sides.from(), session, ledger);
            if (hasRoom(session)) {
                session.transaction(() -> {
                    findings.addAll(build(session, settings, new Changes(session, ledger, false)));
                    ledger.note(session, CopyLedger.FINISH, "");
                });
            } else {
                findings.addAll(build(session, settings, new Changes(session, ledger, true)));
                session.transaction(() -> ledger.note(session, CopyLedger.FINISH, ""));
            }
        }
        return findings;
    }

    /** Whether one transaction may lock all that there is, and the indexes on it. */
    private boolean hasRoom(PostgresSession session) throws SQLException {
        long relations = sides.from().only(InspectionQuery.single("copy/locks-needed"), row -> row.getLong(1));
        return 2 * relations < session.only(Sql.file("copy/lock-room"), row -> row.getLong(1));
    }

    private List<Finding> build(PostgresSession session, Set<String> settings, Changes changes) throws SQLException {
        changes.once("large objects", () -> new LargeObjects(sides.from(), session).copy());
        List<String> pieces = ScriptPieces.cut(SchemaScripts.forServer(scripts.after(), settings));
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            changes.once("piece " + i, () -> session.execute(piece));
        }
        List<Finding> violated = keys(new ForeignKeys(session, settings), changes);
        changes.again(() -> path.within(session, () -> MaterializedViews.refresh(session, tables)));
        new AccessCopy(sides.from(), session, leftOut, changes).run();
        return violated;
    }

    private List<Finding> keys(ForeignKeys keys, Changes changes) throws SQLException {
        List<Finding> violated = new ArrayList<>();
        int from = 0;
        for (List<ScriptEntry> some : scripts.foreignKeys().stream()
                .gather(Gatherers.windowFixed(KEYS_TOGETHER))
                .toList()) {
            changes.once("keys from " + from, () -> violated.addAll(keys.make(some)));
            from += some.size();
        }
        return violated;
    }
}
