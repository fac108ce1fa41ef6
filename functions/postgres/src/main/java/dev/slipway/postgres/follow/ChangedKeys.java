package dev.slipway.postgres.follow;

import dev.slipway.postgres.compare.ChangedRows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The keys of the rows that a publication's messages change; of a database in UTF-8. */
final class ChangedKeys {
    private final ChangedRows rows = new ChangedRows();
    private final LogReader reader = new LogReader();

    ChangedRows rows() {
        return rows;
    }

    void read(byte[] message) {
        switch (reader.read(ByteBuffer.wrap(message))) {
            case LogMessage.Inserted(LoggedTable table, LoggedRow row) -> add(table, row);
            case LogMessage.Deleted(LoggedTable table, LoggedRow row) -> add(table, row);
            case LogMessage.Updated(LoggedTable table, var before, LoggedRow row) -> {
                before.ifPresent(old -> add(table, old));
                add(table, row);
            }
            case LogMessage.Truncated truncated -> truncated.tables().forEach(table -> rows.addWhole(table.name()));
            case LogMessage.Begun _, LogMessage.Committed _, LogMessage.Described _, LogMessage.Other _ -> {
                // Nothing of a row.
            }
        }
    }

    private void add(LoggedTable table, LoggedRow row) {
        if (table.hasKey()) {
            rows.add(table.name(), table.keyColumns(), key(table, row));
        } else {
            rows.addWhole(table.name());
        }
    }

    private static List<String> key(LoggedTable table, LoggedRow row) {
        List<String> key = new ArrayList<>();
        for (int place : table.keyPlaces()) {
            // What is not repeated was told before; more keys than changed do no harm.
            key.add(row.values().get(place) instanceof LoggedRow.Text(String text) ? text : "");
        }
        return key;
    }
}
