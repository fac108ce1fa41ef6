package dev.slipway.postgres;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.FenceBroken;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies a fenced database: schema, rows, then what is built on rows. Each part commits together with the note that it is
 * done, so a killed copy goes on where it was, as long as the source's fence was never open in between.
 */
final class PostgresCopy {
    private final PostgresTools tools;
    private final PostgresFence fence;

    PostgresCopy(PostgresTools tools, PostgresFence fence) {
        this.tools = tools;
        this.fence = fence;
    }

    CopyOutcome run(StoreUrl source, StoreUrl target, FenceToken token, Progress progress) {
        String what = "copy " + source + " to " + target;
        try (PostgresSession from = PostgresSession.open(source);
                PostgresSession to = PostgresSession.open(target)) {
            FenceState standing = demandFence(from, source, token);
            CopyLedger ledger = CopyLedger.claim(to, target, token, standing.nonce());
            if (!ledger.isOpen()) {
                if (!ledger.isBegun() && !isEmpty(to) && isSame(source, target)) {
                    return new CopyOutcome.Skipped("the target holds the same already");
                }
                begin(target, token, to, ledger);
            }
            copy(source, target, from, to, ledger, progress);
            FenceState after = demandFence(from, source, token);
            if (!after.nonce().equals(standing.nonce())) {
                throw broken(source, "it was lifted and raised again in the meantime");
            }
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

    private void begin(StoreUrl target, FenceToken token, PostgresSession to, CopyLedger ledger) throws SQLException {
        fence.lower(target, token);
        to.transaction(() -> {
            if (!isEmpty(to)) {
                to.execute(Sql.file("wipe"));
            }
            ledger.open(to);
        });
        if (!isEmpty(to)) {
            throw new SQLException("the target holds things that could not be dropped");
        }
    }

    private void copy(
            StoreUrl source,
            StoreUrl target,
            PostgresSession from,
            PostgresSession to,
            CopyLedger ledger,
            Progress progress)
            throws SQLException, IOException {
        String snapshot = from.exportSnapshot();
        try {
            SchemaScripts scripts = SchemaScripts.dump(tools, source, from.majorVersion(), snapshot);
            if (!ledger.has(to, CopyLedger.SCHEMA)) {
                script(target, scripts.before(), ledger, CopyLedger.SCHEMA);
            }
            List<PostgresTable> tables = PostgresTable.all(from);
            new TableCopies(source, target, snapshot, ledger, progress).run(to, tables);
            if (!ledger.has(to, CopyLedger.FINISH)) {
                progress.report(new Progress.Amount("indexes and constraints", 0, 0, 0, 0));
                finish(target, scripts.after(), from, ledger, tables);
            }
        } finally {
            from.execute("ROLLBACK");
        }
    }

    private static void script(StoreUrl target, String script, CopyLedger ledger, CopyLedger.Part part)
            throws SQLException {
        try (PostgresSession session = PostgresSession.openForScripts(target)) {
            String filtered = SchemaScripts.forServer(script, settings(session));
            session.transaction(() -> {
                session.execute(filtered);
                ledger.note(session, part, 0, 0, "");
            });
        }
    }

    private static void finish(
            StoreUrl target, String script, PostgresSession from, CopyLedger ledger, List<PostgresTable> tables)
            throws SQLException {
        try (PostgresSession session = PostgresSession.openForScripts(target)) {
            String filtered = SchemaScripts.forServer(script, settings(session));
            session.transaction(() -> {
                new LargeObjects(from, session).copy();
                session.execute(filtered);
                Sequences.copy(from, session);
                MaterializedViews.refresh(session, tables);
                ledger.note(session, CopyLedger.FINISH, 0, 0, "");
            });
        }
    }

    private boolean isSame(StoreUrl source, StoreUrl target) {
        return new PostgresCompare().run(source, target, Progress.SILENT) instanceof Comparison.Same;
    }

    static boolean isEmpty(PostgresSession session) throws SQLException {
        return session.only(Sql.file("empty"), row -> row.getBoolean(1));
    }

    private static Set<String> settings(PostgresSession session) throws SQLException {
        return new HashSet<>(session.query("SELECT name FROM pg_settings", row -> row.getString(1)));
    }

    private static FenceState demandFence(PostgresSession session, StoreUrl source, FenceToken token)
            throws SQLException {
        Optional<FenceState> standing = PostgresFence.checked(session, source);
        if (standing.isEmpty()) {
            throw broken(source, "none stands");
        }
        if (!standing.get().token().equals(token)) {
            throw broken(source, "it belongs to " + standing.get().token() + ", not to " + token);
        }
        return standing.get();
    }

    private static FenceBroken broken(StoreUrl source, String why) {
        return new FenceBroken("copy under the fence of " + source, why, "fence the source, then copy again");
    }
}
