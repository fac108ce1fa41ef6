package dev.slipway.postgres.compare;

import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowDigest;
import java.util.Map;
import java.util.Optional;

/** Digests of both sides' tables that need not be read, by the tables' names. */
public record RowsNow(Map<String, RowDigest> source, Map<String, RowDigest> target) {
    public static final RowsNow NONE = new RowsNow(Map.of(), Map.of());

    public RowsNow {
        source = Map.copyOf(source);
        target = Map.copyOf(target);
    }

    Optional<RowDigest> ofSource(PostgresTable table) {
        return target.containsKey(table.qualified())
                ? Optional.ofNullable(source.get(table.qualified()))
                : Optional.empty();
    }

    Optional<RowDigest> ofTarget(PostgresTable table) {
        return source.containsKey(table.qualified())
                ? Optional.ofNullable(target.get(table.qualified()))
                : Optional.empty();
    }
}
