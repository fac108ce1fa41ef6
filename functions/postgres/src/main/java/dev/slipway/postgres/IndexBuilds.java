package dev.slipway.postgres;

import dev.slipway.migration.StoreUrl;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds the indexes and the keys that rest on one, the largest first, a few at a time. Each commits together with its note. */
final class IndexBuilds {
    private final StoreUrl target;
    private final CopyLedger ledger;

    IndexBuilds(StoreUrl target, CopyLedger ledger) {
        this.target = target;
        this.ledger = ledger;
    }

    void run(PostgresSession from, PostgresSession to, List<IndexScript> indexes, int jobs) throws SQLException {
        Map<String, Long> sizes = sizes(from);
        List<IndexScript> waiting = new ArrayList<>();
        for (IndexScript index : indexes) {
            if (!ledger.has(to, index.part())) {
                waiting.add(index);
            }
        }
        waiting.sort(Comparator.comparingLong((IndexScript index) -> sizes.getOrDefault(index.qualified(), 0L))
                .reversed());
        new SessionJobs<IndexScript>(this::open).run(waiting, jobs);
    }

    private SessionJobs.Job<IndexScript> open() throws SQLException {
        PostgresSession session = PostgresSession.openForScripts(target);
        Set<String> settings = new HashSet<>(session.query("SELECT name FROM pg_settings", row -> row.getString(1)));
        return new SessionJobs.Job<>() {
            @Override
            public List<PostgresSession> sessions() {
                return List.of(session);
            }

            @Override
            public void run(IndexScript index) throws SQLException {
                session.transaction(() -> {
                    session.execute(SchemaScripts.forServer(index.script(), settings));
                    ledger.note(session, index.part(), 0, 0, "");
                });
            }
        };
    }

    private static Map<String, Long> sizes(PostgresSession from) throws SQLException {
        Map<String, Long> sizes = new HashMap<>();
        from.query(
                "SELECT n.nspname || '.' || c.relname, pg_relation_size(c.oid) FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'i'",
                row -> sizes.put(row.getString(1), row.getLong(2)));
        return sizes;
    }
}
