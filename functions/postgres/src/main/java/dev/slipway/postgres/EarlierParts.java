package dev.slipway.postgres;

import dev.slipway.postgres.PostgresCopy.Sides;
import java.sql.SQLException;
import java.util.List;
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
        Optional<String> schema = ledger.digest(sides.to(), CopyLedger.SCHEMA);
        // Once there are indexes and constraints, rows cannot be taken off by the table.
        boolean onlyRows = !ledger.has(sides.to(), CopyLedger.FINISH);
        if (schema.isPresent() && !(onlyRows && schema.get().equals(scripts.digest()))) {
            return false;
        }
        for (PostgresTable table : tables) {
            if (!isProved(table)) {
                takeOff(table);
            }
        }
        return true;
    }

    private boolean isProved(PostgresTable table) throws SQLException {
        Optional<String> copied = ledger.digest(sides.to(), CopyLedger.Part.table(table));
        return copied.isEmpty()
                || copied.get()
                        .equals(RowDigest.read(sides.from(), table, table.stored(), row -> {})
                                .hex());
    }

    private void takeOff(PostgresTable table) throws SQLException {
        sides.to().transaction(() -> {
            // Of an extension's table only some rows are the copy's.
            sides.to()
                    .execute(
                            table.condition().isEmpty()
                                    ? "TRUNCATE ONLY " + table.qualified()
                                    : "DELETE" + table.from());
            ledger.forget(sides.to(), CopyLedger.Part.table(table));
        });
    }
}
