package dev.slipway.postgres.table;

/** One step of a copy. */
public record CopyPart(String step, String name) {
    static CopyPart table(PostgresTable table) {
        return new CopyPart("table", table.qualified());
    }
}
