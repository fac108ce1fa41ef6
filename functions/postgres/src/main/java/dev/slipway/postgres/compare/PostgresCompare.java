package dev.slipway.postgres.compare;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.SourceDigests;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.copy.Sequences;
import dev.slipway.postgres.schema.LeftOut;
import dev.slipway.postgres.schema.Powers;
import dev.slipway.postgres.schema.SchemaFacts;
import dev.slipway.postgres.schema.ViolatedKeys;
import dev.slipway.postgres.session.BothSides;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.LargeObjects;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares two databases by their content: the schema's every fact, sequences, large objects, and each table's rows by a digest
 * of all of them. Only where the digests differ are the rows themselves looked for. Each side is read in one snapshot.
 */
public final class PostgresCompare {
    /** The kinds of items beside rows, as the differences name them. */
    public static final String SCHEMA = "";

    public static final String POSITION = "position of sequence ";
    public static final String LARGE_OBJECT = "large object ";

    public Comparison run(StoreUrl source, StoreUrl target, Optional<SourceDigests> read, Progress progress) {
        try (PostgresSession here = PostgresSession.open(source);
                PostgresSession there = PostgresSession.open(target)) {
            Powers powers = Powers.read(there);
            KnownDigests known = KnownDigests.of(here, read);
            here.holdSnapshot();
            there.holdSnapshot();
            return compare(here, there, powers, known, RowsNow.NONE, new Differences(), progress);
        } catch (SQLException e) {
            return new Comparison.Unknown(
                    "Tried to compare " + source + " with " + target + " but " + PostgresFailure.line(e));
        }
    }

    /** What has changed, asked for when both sides' snapshots are held. */
    @FunctionalInterface
    public interface Changes {
        ChangedRows read() throws SQLException;
    }

    /** The same by digests of an earlier moment and what has changed since. */
    public Comparison run(
            StoreUrl source, StoreUrl target, EarlierDigests earlier, Changes changes, Progress progress) {
        try (PostgresSession here = PostgresSession.open(source);
                PostgresSession there = PostgresSession.open(target)) {
            Powers powers = Powers.read(there);
            here.holdSnapshot();
            there.holdSnapshot();
            RowsNow now = earlier.now(new BothSides(here, there), changes.read());
            return compare(here, there, powers, KnownDigests.NONE, now, new Differences(), progress);
        } catch (SQLException e) {
            return new Comparison.Unknown(
                    "Tried to compare " + source + " with " + target + " but " + PostgresFailure.line(e));
        }
    }

    /**
     * Compares what two sessions see, each in the snapshot that it holds.
     *
     * @param powers what the target's login may do, which can not be asked within a transaction
     * @param now what need not be read
     */
    public static Comparison compare(
            PostgresSession here,
            PostgresSession there,
            Powers powers,
            KnownDigests known,
            RowsNow now,
            Differences differences,
            Progress progress)
            throws SQLException {
        LeftOut leftOut = LeftOut.read(here, powers);
        boolean acrossVersions = here.majorVersion() != there.majorVersion();
        BothSides.Results<Map<String, String>> schema = new BothSides(here, there)
                .run(
                        session -> SchemaFacts.read(session, leftOut, acrossVersions),
                        session -> SchemaFacts.read(session, LeftOut.NOTHING, acrossVersions));
        differences.compare(SCHEMA, ViolatedKeys.expected(here, schema.source(), schema.target()), schema.target());
        new AccessComparison(here, there, leftOut, differences).run();
        differences.compare(POSITION, positions(here), positions(there));
        differences.compare(LARGE_OBJECT, largeObjects(here), largeObjects(there));
        Map<PostgresTable, RowDigest> digests = new RowComparison(
                        new BothSides(here, there), pairs(here, there), known, now, progress)
                .run(differences);
        Totals totals = new Totals();
        digests.keySet().stream().sorted(PostgresTable.BY_NAME).forEach(table -> totals.add(table, digests));
        return differences.total() == 0
                ? new Comparison.Same(totals.rows, totals.bytes, HexFormat.of().formatHex(totals.digest.digest()))
                : new Comparison.Different(differences.total(), differences.first());
    }

    /** Where only one side has a table, or has filled it, the schema's facts have said so. */
    static Map<PostgresTable, PostgresTable> pairs(PostgresSession here, PostgresSession there) throws SQLException {
        Map<String, PostgresTable> target = PostgresTable.all(there).stream()
                .filter(PostgresTable::holdsRows)
                .collect(Collectors.toMap(PostgresTable::qualified, Function.identity()));
        return PostgresTable.all(here).stream()
                .filter(table -> table.holdsRows() && target.containsKey(table.qualified()))
                .collect(Collectors.toMap(Function.identity(), table -> target.getOrDefault(table.qualified(), table)));
    }

    private static Map<String, String> positions(PostgresSession session) throws SQLException {
        return Sequences.read(session).stream()
                .collect(Collectors.toMap(
                        Sequences.Position::name,
                        position -> position.value() + (position.called() ? "" : ", not yet handed out")));
    }

    private static Map<String, String> largeObjects(PostgresSession session) throws SQLException {
        return LargeObjects.digests(session).entrySet().stream()
                .collect(Collectors.toMap(entry -> Long.toString(entry.getKey()), Map.Entry::getValue));
    }

    /** What was read of all tables. */
    private static final class Totals {
        private final MessageDigest digest = Sha256.digest();
        private long rows;
        private long bytes;

        void add(PostgresTable table, Map<PostgresTable, RowDigest> digests) {
            RowDigest read = digests.getOrDefault(table, new RowDigest());
            rows += read.rows();
            bytes += read.bytes();
            String line = table.qualified() + " " + read.rows() + " " + read.hex() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
    }
}
