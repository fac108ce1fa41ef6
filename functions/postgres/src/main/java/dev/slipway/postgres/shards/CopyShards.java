package dev.slipway.postgres.shards;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.copy.CopyLedger;
import dev.slipway.postgres.copy.CopyMoment;
import dev.slipway.postgres.copy.MissingChunks;
import dev.slipway.postgres.copy.PostgresCopy;
import dev.slipway.postgres.fence.CopyGround;
import dev.slipway.postgres.schema.LeftOut;
import dev.slipway.postgres.schema.Powers;
import dev.slipway.postgres.schema.SchemaScripts;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.TableChunk;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a target ready for several workers, and holds the snapshot of the source that all of them copy. */
public final class CopyShards {
    private final PostgresTools tools;
    private final PostgresCopy copy;

    public CopyShards(PostgresTools tools, PostgresCopy copy) {
        this.tools = tools;
        this.copy = copy;
    }

    public ShardedCopy.Held begin(StoreUrl source, StoreUrl target, CopyOptions options, int workers) {
        String what = "copy " + source + " to " + target + " by " + workers + " workers";
        PostgresSession from = PostgresSession.open(source);
        try (PostgresSession to = PostgresSession.open(target)) {
            PostgresCopy.Sides sides = new PostgresCopy.Sides(source, target, from, to);
            CopyGround ground = CopyGround.of(from, source, options.fence());
            CopyLedger ledger = CopyLedger.claim(to, target, ground.owner(), ground.nonce());
            List<Shard> shards = copy.makeOurs(sides, ground, ground.fenced(), ledger, CopyMoment.NOW, what)
                            .isPresent()
                    ? shards(sides, ledger, workers)
                    : List.of();
            return new HeldSnapshot(from, shards);
        } catch (SQLException e) {
            from.close();
            throw PostgresFailure.copy(what, e);
        } catch (IOException e) {
            from.close();
            throw PostgresFailure.copy(what, e);
        } catch (RuntimeException e) {
            from.close();
            throw e;
        }
    }

    private List<Shard> shards(PostgresCopy.Sides sides, CopyLedger ledger, int workers)
            throws SQLException, IOException {
        Powers powers = Powers.read(sides.to());
        String snapshot = sides.from().exportSnapshot();
        SchemaScripts scripts = SchemaScripts.dump(tools, sides.source(), snapshot, LeftOut.read(sides.from(), powers));
        PostgresCopy.makeTables(sides, scripts, ledger);
        List<Shard> shards = new ArrayList<>();
        for (List<TableChunk> chunks : ShardPlan.cut(missing(sides, ledger), workers)) {
            shards.add(new Shard(
                    "%04d".formatted(shards.size() + 1),
                    snapshot,
                    ledger.holder(),
                    ShardPlan.bytes(chunks),
                    chunks.stream().map(CopyShards::piece).toList()));
        }
        return shards;
    }

    /** The largest table first, so that what is left for the last shards is small. */
    private static List<TableChunk> missing(PostgresCopy.Sides sides, CopyLedger ledger) throws SQLException {
        List<TableChunk> missing = new ArrayList<>();
        if (!ledger.has(sides.to(), CopyLedger.FINISH)) {
            List<PostgresTable> tables = PostgresTable.all(sides.from(), sides.to()).stream()
                    .filter(table -> table.kind() == PostgresTable.Kind.TABLE)
                    .sorted(Comparator.comparingLong(PostgresTable::bytes).reversed())
                    .toList();
            CopyLedger.Notes notes = ledger.notes(sides.to());
            for (PostgresTable table : tables) {
                missing.addAll(MissingChunks.of(sides.to(), ledger, notes, table, TableChunk.BYTES)
                        .missing());
            }
        }
        return missing;
    }

    private static Shard.Piece piece(TableChunk chunk) {
        return new Shard.Piece(chunk.part().name(), chunk.part().step());
    }

    /** A session whose transaction others import. */
    private record HeldSnapshot(PostgresSession from, List<Shard> shards) implements ShardedCopy.Held {

        /** Asking keeps the connection from being taken for idle, too. */
        @Override
        public boolean stands() {
            try {
                from.execute("SELECT 1");
                return true;
            } catch (SQLException e) {
                return false;
            }
        }

        @Override
        public void close() {
            from.close();
        }
    }
}
