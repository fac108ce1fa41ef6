package dev.slipway.postgres.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.postgres.follow.LoggedRow.Text;
import dev.slipway.postgres.follow.LoggedRow.Unchanged;
import dev.slipway.postgres.follow.LoggedRow.Value;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statements that make a logged change on another server. Operators are named with their schema, as an app may have made some of the same name. */
final class RowStatements {
    private final PostgresSession catalog;
    private final Map<String, Map<String, Column>> known = new HashMap<>();

    /** @param catalog of the side that is written to */
    RowStatements(PostgresSession catalog) {
        this.catalog = catalog;
    }

    /**
     * How the other side knows a column.
     *
     * @param generated whether only the server may give it another value
     * @param operators the schema of those of its type
     */
    private record Column(String name, String type, boolean generated, String operators) {
        String is(Value value) {
            return value instanceof Text(String text)
                    ? Sql.identifier(name) + " OPERATOR(" + operators + ".=) " + Sql.literal(text) + "::" + type
                    : Sql.identifier(name) + " IS NULL";
        }
    }

    /** The table may have changed on that side, too. */
    void forget(LoggedTable table) {
        known.remove(table.name());
    }

    String insert(LoggedTable table, LoggedRow row) {
        return table.columns().isEmpty()
                ? "INSERT INTO " + table.name() + " DEFAULT VALUES"
                : "INSERT INTO " + table.name() + " (" + Sql.identifiers(table.columns())
                        + ") OVERRIDING SYSTEM VALUE VALUES ("
                        + row.values().stream().map(RowStatements::literal).collect(Collectors.joining(", ")) + ")";
    }

    /** Empty where nothing of it is to be changed. */
    Optional<String> update(LoggedTable table, Optional<LoggedRow> before, LoggedRow row) throws SQLException {
        Map<String, Column> columns = columns(table);
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Value value = row.values().get(i);
            if (!(value instanceof Unchanged) && !column(columns, table, i).generated) {
                sets.add(Sql.identifier(table.columns().get(i)) + " = " + literal(value));
            }
        }
        return sets.isEmpty()
                ? Optional.empty()
                : Optional.of("UPDATE ONLY " + table.name() + " SET " + String.join(", ", sets)
                        + where(table, columns, before.orElse(row)));
    }

    String delete(LoggedTable table, LoggedRow row) throws SQLException {
        return "DELETE FROM ONLY " + table.name() + where(table, columns(table), row);
    }

    static String truncate(LogMessage.Truncated truncated) {
        return "TRUNCATE "
                + truncated.tables().stream()
                        .map(table -> "ONLY " + table.name())
                        .collect(Collectors.joining(", "))
                + (truncated.restarts() ? " RESTART IDENTITY" : "")
                + (truncated.cascades() ? " CASCADE" : "");
    }

    /** Of rows that are the same in all columns it is one. */
    private static String where(LoggedTable table, Map<String, Column> columns, LoggedRow row) {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            if (!table.hasKey() || table.key().get(i)) {
                conditions.add(column(columns, table, i).is(row.values().get(i)));
            }
        }
        String all = " WHERE " + String.join(" AND ", conditions);
        return table.hasKey() ? all : " WHERE ctid = (SELECT ctid FROM ONLY " + table.name() + all + " LIMIT 1)";
    }

    private static Column column(Map<String, Column> columns, LoggedTable table, int place) {
        String name = table.columns().get(place);
        Column column = columns.get(name);
        if (column == null) {
            throw new FollowFailed(
                    "change a row of " + table.name(),
                    "it has no column " + name + " on the side that follows",
                    "change its schema as the other side's was");
        }
        return column;
    }

    private static String literal(Value value) {
        return value instanceof Text(String text) ? Sql.literal(text) : "NULL";
    }

    private Map<String, Column> columns(LoggedTable table) throws SQLException {
        Map<String, Column> columns = known.get(table.name());
        if (columns == null) {
            columns = catalog
                    .query(
                            Sql.file("follow/columns"),
                            row -> new Column(
                                    row.getString("name"),
                                    row.getString("type"),
                                    row.getBoolean("generated"),
                                    row.getString("operators")),
                            table.name())
                    .stream()
                    .collect(Collectors.toMap(Column::name, Function.identity()));
            known.put(table.name(), columns);
        }
        return columns;
    }
}
