package dev.slipway.postgres.compare;

import dev.slipway.migration.Comparison.Side;
import dev.slipway.postgres.session.BothSides;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowDigest;
import dev.slipway.postgres.table.RowFormat;
import dev.slipway.postgres.table.TextLines;
import dev.slipway.postgres.table.TextRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that differ. Each side is read twice, in whatever order it comes: first into many small sums by the keys' hash,
 * which tell where to look, then the rows behind those that differ, as fingerprints in a scratch file. No server has to sort, and
 * memory stays bounded. Keys and rows are compared as text, which is the same on every server; where there is no key common to
 * both, the row as a whole is its key.
 */
final class RowDifferences {
    private final PostgresTable source;
    private final PostgresTable target;
    private final List<String> columns;
    private final RowFormat format;
    private final List<String> key;
    private final BothSides sides;

    RowDifferences(BothSides sides, PostgresTable source, PostgresTable target, List<String> columns) {
        this.sides = sides;
        this.source = source;
        this.target = target;
        this.columns = columns;
        this.format = RowFormat.of(source, target, columns);
        this.key = source.key().equals(target.key()) && columns.containsAll(source.key()) ? source.key() : List.of();
    }

    /** Adds what it finds, which may be nothing: two values can be told apart by their bits and not by their text. */
    void find(Differences differences) throws SQLException {
        FirstRows first = new FirstRows(Differences.KEPT);
        RowSink kept = differences.rows(source, target);
        find((ofSource, ofTarget) -> {
            first.add(ofSource, ofTarget);
            kept.add(ofSource, ofTarget);
        });
        for (FirstRows.Pair pair : first.first()) {
            name(pair, differences);
        }
        differences.addUnnamed(first.total() - first.first().size());
    }

    private void find(RowSink found) throws SQLException {
        BothSides.Results<Buckets> buckets =
                sides.run(session -> buckets(session, source), session -> buckets(session, target));
        BucketParts parts = new BucketParts(buckets.source(), buckets.target());
        if (parts.count() == 0) {
            return;
        }
        try (SpilledFingerprints ofSource = new SpilledFingerprints(parts.sourceRows());
                SpilledFingerprints ofTarget = new SpilledFingerprints(parts.targetRows())) {
            sides.run(
                    session -> spill(session, source, parts, ofSource),
                    session -> spill(session, target, parts, ofTarget));
            for (int part = 0; part < parts.count(); part++) {
                new FingerprintMatch(found).run(ofSource.read(part), ofTarget.read(part));
            }
        }
    }

    private Buckets buckets(PostgresSession session, PostgresTable table) throws SQLException {
        Buckets buckets = new Buckets();
        new Fingerprints(columns, key, format).read(session, table, buckets::add);
        return buckets;
    }

    private SpilledFingerprints spill(
            PostgresSession session, PostgresTable table, BucketParts parts, SpilledFingerprints spilled)
            throws SQLException {
        new Fingerprints(columns, key, format).read(session, table, fingerprint -> {
            if (parts.contains(fingerprint)) {
                spilled.add(parts.of(fingerprint), fingerprint);
            }
        });
        return spilled;
    }

    private void name(FirstRows.Pair pair, Differences differences) throws SQLException {
        byte[] left = row(sides.source(), source, pair.source());
        byte[] right = row(sides.target(), target, pair.target());
        if (left == null) {
            differences.add(Side.ONLY_TARGET, item(given(right)), "");
        } else if (right == null) {
            differences.add(Side.ONLY_SOURCE, item(left), "");
        } else {
            differences.add(Side.BOTH, item(left), "different in " + String.join(", ", changed(left, right)));
        }
    }

    private byte @Nullable [] row(PostgresSession session, PostgresTable table, long place) throws SQLException {
        if (place == RowPlace.NONE) {
            return null;
        }
        List<byte[]> rows = new ArrayList<>();
        TextLines.read(
                session,
                "SELECT " + Sql.identifiers(columns) + " FROM ONLY " + table.qualified() + " WHERE"
                        + RowPlace.condition(place),
                format,
                rows::add);
        return rows.getFirst();
    }

    private static byte[] given(byte @Nullable [] row) {
        if (row == null) {
            throw new IllegalStateException("a row that the same snapshot showed");
        }
        return row;
    }

    private List<String> changed(byte[] left, byte[] right) {
        TextRow one = TextRow.parse(left, columns.size());
        TextRow two = TextRow.parse(right, columns.size());
        return IntStream.range(0, columns.size())
                .filter(field -> !one.isEqual(field, two))
                .mapToObj(columns::get)
                .toList();
    }

    // A row without a key is named by a digest: its content may be nobody's business.
    private String item(byte[] line) {
        if (key.isEmpty()) {
            RowDigest digest = new RowDigest();
            digest.add(line);
            return source.name() + " row " + digest.hex().substring(0, 12);
        }
        TextRow row = TextRow.parse(line, columns.size());
        List<String> values = new ArrayList<>();
        for (String column : key) {
            values.add(column + "=" + row.value(columns.indexOf(column)));
        }
        return source.name() + " " + String.join(", ", values);
    }
}
