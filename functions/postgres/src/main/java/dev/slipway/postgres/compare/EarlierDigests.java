package dev.slipway.postgres.compare;

import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.copy.CopyProgress;
import dev.slipway.postgres.session.BothSides;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowDigest;
import dev.slipway.postgres.table.TableRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The digests of both sides' tables at an earlier moment of each, whose snapshots are kept. A digest is a sum over rows, so that a
 * later one is found without reading the rest: what the rows that may have changed were is taken off, and what they are is added.
 */
public final class EarlierDigests implements AutoCloseable {
    private final Side source;
    private final Side target;

    private EarlierDigests(Side source, Side target) {
        this.source = source;
        this.target = target;
    }

    /** What is read of one side, and what it came to. */
    private record Side(
            PostgresSession session, Map<PostgresTable, TableRows> rows, Map<PostgresTable, RowDigest> digests) {}

    /** Reads both sides whole, each in a snapshot of its own. */
    public static EarlierDigests read(StoreUrl source, StoreUrl target, Progress progress) throws SQLException {
        PostgresSession here = PostgresSession.open(source);
        try {
            PostgresSession there = PostgresSession.open(target);
            try {
                here.holdSnapshot();
                there.holdSnapshot();
                return read(new BothSides(here, there), progress);
            } catch (SQLException | RuntimeException e) {
                there.close();
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            here.close();
            throw e;
        }
    }

    private static EarlierDigests read(BothSides sides, Progress progress) throws SQLException {
        Map<PostgresTable, PostgresTable> pairs = PostgresCompare.pairs(sides.source(), sides.target());
        Map<PostgresTable, TableRows> ofSource = new HashMap<>();
        Map<PostgresTable, TableRows> ofTarget = new HashMap<>();
        pairs.forEach((here, there) -> {
            // A view's rows come into no log.
            if (here.kind() == PostgresTable.Kind.TABLE) {
                RowComparison.Common common = RowComparison.Common.of(here, there);
                ofSource.put(here, common.rows(here));
                ofTarget.put(there, common.rows(there));
            }
        });
        CopyProgress watched = new CopyProgress(progress, List.copyOf(ofSource.keySet()));
        BothSides.Results<Map<PostgresTable, RowDigest>> digests = sides.run(
                session -> digests(session, ofSource, table -> watched.meter(table)::seen),
                session -> digests(session, ofTarget, table -> digest -> {}));
        watched.end();
        return new EarlierDigests(
                new Side(sides.source(), ofSource, digests.source()),
                new Side(sides.target(), ofTarget, digests.target()));
    }

    /** By another session: one that has read a table lets nobody truncate it as long as its snapshot is kept. */
    private static Map<PostgresTable, RowDigest> digests(
            PostgresSession holder,
            Map<PostgresTable, TableRows> rows,
            Function<PostgresTable, Consumer<RowDigest>> told)
            throws SQLException {
        String snapshot = holder.shareSnapshot();
        try (PostgresSession reader = PostgresSession.open(holder.url())) {
            reader.importSnapshot(snapshot);
            return new SideDigests(reader, rows, told).read();
        }
    }

    /**
     * What the digests are now.
     *
     * @param now two sessions, each in the snapshot of which they are wanted
     * @param changed whatever either side's log has told since before the earlier snapshots
     */
    public RowsNow now(BothSides now, ChangedRows changed) throws SQLException {
        BothSides.Results<Map<String, RowDigest>> digests =
                now.run(session -> now(source, session, changed), session -> now(target, session, changed));
        return new RowsNow(digests.source(), digests.target());
    }

    private static Map<String, RowDigest> now(Side side, PostgresSession now, ChangedRows changed) throws SQLException {
        Map<String, PostgresTable> tables = side.rows.keySet().stream()
                .filter(table ->
                        !changed.isWhole(table.qualified()) && table.condition().isEmpty())
                .collect(Collectors.toMap(PostgresTable::qualified, Function.identity()));
        Map<String, RowDigest> digests = new HashMap<>();
        for (Map.Entry<String, PostgresTable> each : tables.entrySet()) {
            RowDigest digest = new RowDigest();
            digest.add(side.digests.getOrDefault(each.getValue(), new RowDigest()));
            digests.put(each.getKey(), digest);
        }
        for (Map.Entry<String, ChangedRows.Keys> each : changed.keys().entrySet()) {
            PostgresTable table = tables.get(each.getKey());
            if (table != null) {
                String some = condition(now, table, each.getValue());
                TableRows rows = side.rows.getOrDefault(table, TableRows.stored(table));
                RowDigest digest = digests.getOrDefault(each.getKey(), new RowDigest());
                digest.subtract(rows.read(side.session, some, read -> {}));
                digest.add(rows.read(now, some, read -> {}));
            }
        }
        return digests;
    }

    /** Those keys in one go: two that are written otherwise may be equal, and each row counts once. */
    private static String condition(PostgresSession session, PostgresTable table, ChangedRows.Keys keys)
            throws SQLException {
        List<String> casts = new ArrayList<>();
        List<String> arrays = new ArrayList<>();
        List<String> aliases = new ArrayList<>();
        for (int i = 0; i < keys.columns().size(); i++) {
            int index = i;
            String values = keys.values().stream()
                    .map(key -> quoted(key.get(index)))
                    .collect(Collectors.joining(",", "{", "}"));
            aliases.add("k" + i);
            casts.add("k" + i + "::" + type(session, table, keys.columns().get(i)));
            arrays.add(Sql.literal(values) + "::text[]");
        }
        return table.from() + " WHERE (" + Sql.identifiers(keys.columns()) + ") IN (SELECT " + String.join(", ", casts)
                + " FROM unnest(" + String.join(", ", arrays) + ") AS k(" + String.join(", ", aliases) + "))";
    }

    private static String type(PostgresSession session, PostgresTable table, String column) throws SQLException {
        return session.only(
                "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = ?::regclass AND attname = ?",
                row -> row.getString(1),
                table.qualified(),
                column);
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Override
    public void close() {
        source.session.close();
        target.session.close();
    }
}
