package dev.slipway.postgres.copy;

import dev.slipway.postgres.copy.PostgresCopy.Sides;
import dev.slipway.postgres.schema.SchemaScripts;
import dev.slipway.postgres.table.CopyPart;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.ReadLocks;
import dev.slipway.postgres.table.TableChunk;
import dev.slipway.postgres.table.TableRows;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an earlier run put on the target under a snapshot that is gone. A part counts where the source, as it is now, proves to hold
 * the same; otherwise it is taken off again.
 */
final class EarlierParts {
    private final Sides sides;
    private final CopyLedger ledger;

    EarlierParts(Sides sides, CopyLedger ledger) {
        this.sides = sides;
        this.ledger = ledger;
    }

    /** Whether the copy may go on with what is there; otherwise it has to begin anew. */
    boolean keepProved(SchemaScripts scripts, List<PostgresTable> tables) throws SQLException {
        Optional<String> schema = ledger.schemaDigest(sides.to());
        if (schema.isPresent() && !schema.get().equals(scripts.digest())) {
            return false;
        }
        CopyLedger.Notes notes = ledger.notes(sides.to());
        ReadLocks locks = new ReadLocks(sides.from());
        for (PostgresTable table : tables) {
            locks.expect(List.of(table.qualified()));
            if (!isProved(table, notes.of(table))) {
                ledger.takeOff(sides.to(), table);
            }
        }
        locks.release();
        return true;
    }

    /** A row that has moved is missing where it was, so a table counts only with all of its parts that were noted. */
    private boolean isProved(PostgresTable table, Map<CopyPart, String> noted) throws SQLException {
        for (Map.Entry<CopyPart, String> copied : noted.entrySet()) {
            // As it was cut then: a VACUUM, or a row more, and the table would be cut otherwise today.
            Optional<TableChunk> chunk = TableChunk.noted(table, copied.getKey());
            if (chunk.isEmpty() || !digest(table, chunk.get()).equals(copied.getValue())) {
                return false;
            }
        }
        return true;
    }

    private String digest(PostgresTable table, TableChunk chunk) throws SQLException {
        TableRows rows = TableRows.stored(table);
        return rows.digest(rows.read(sides.from(), chunk.rows(), digest -> {}));
    }
}
