package dev.slipway.postgres.shards;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Shard;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.copy.CopyLedger;
import dev.slipway.postgres.copy.TableCopies;
import dev.slipway.postgres.fence.CopyGround;
import dev.slipway.postgres.session.AppPath;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.CopyPart;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.TableChunk;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Copies what is missing of a shard, beside the workers of the others. */
public final class ShardCopy {
    private final StoreUrl source;
    private final StoreUrl target;
    private final CopyOptions options;
    private final Progress progress;

    public ShardCopy(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.progress = progress;
    }

    public CopyOutcome.Copied run(Shard shard) {
        String what = "copy shard " + shard.name() + " of " + source + " to " + target;
        try (PostgresSession from = PostgresSession.open(source);
                PostgresSession to = PostgresSession.open(target)) {
            CopyGround ground = CopyGround.of(from, source, options.fence());
            CopyLedger ledger = CopyLedger.join(to, target, ground, shard);
            CopyLedger.Total total = copy(from, to, ledger, shard);
            ground.requireUnbroken(from, source);
            return new CopyOutcome.Copied(total.rows(), total.bytes());
        } catch (SQLException e) {
            throw PostgresFailure.copy(what, e);
        }
    }

    private CopyLedger.Total copy(PostgresSession from, PostgresSession to, CopyLedger ledger, Shard shard)
            throws SQLException {
        String snapshot = snapshot(from, shard);
        try {
            List<TableChunk> chunks = chunks(PostgresTable.all(from, to), shard);
            CopyLedger.Notes notes = ledger.notes(to);
            List<TableChunk> missing =
                    chunks.stream().filter(chunk -> !notes.has(chunk.part())).toList();
            new TableCopies(source, target, AppPath.read(from), snapshot, ledger, TableChunk.BYTES, options, progress)
                    .run(missing);
            Set<CopyPart> parts = chunks.stream().map(TableChunk::part).collect(Collectors.toSet());
            return ledger.total(to, parts);
        } finally {
            from.execute("ROLLBACK");
        }
    }

    /**
     * The shard's snapshot once more, so that it lasts as long as this worker; where it is gone with its session, one of now: nothing
     * was written since under the fence on which the ledger insists.
     */
    private static String snapshot(PostgresSession from, Shard shard) throws SQLException {
        try {
            from.importSnapshot(shard.snapshot());
            return from.shareSnapshot();
        } catch (SQLException gone) {
            if (PostgresFailure.isConnectionLost(gone)) {
                throw gone;
            }
            from.execute("ROLLBACK");
            return from.exportSnapshot();
        }
    }

    private static List<TableChunk> chunks(List<PostgresTable> tables, Shard shard) throws SQLException {
        Map<String, PostgresTable> known =
                tables.stream().collect(Collectors.toMap(PostgresTable::qualified, Function.identity()));
        List<TableChunk> chunks = new ArrayList<>();
        for (Shard.Piece piece : shard.pieces()) {
            PostgresTable table = known.get(piece.table());
            CopyPart part = new CopyPart(piece.part(), piece.table());
            if (table == null || TableChunk.noted(table, part).isEmpty()) {
                throw new SQLException(
                        "the rows of " + piece.table() + " are not where they were when the shards were cut");
            }
            TableChunk.noted(table, part).ifPresent(chunks::add);
        }
        return chunks;
    }
}
