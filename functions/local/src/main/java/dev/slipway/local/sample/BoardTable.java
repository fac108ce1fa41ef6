package dev.slipway.local.sample;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The statements by which SmartBoard's services read and write rows. */
record BoardTable(SampleDatabase database) {

    /** The first row that a query about one number finds, as JSON; otherwise a 404. */
    Reply row(String query, long number) throws SQLException, InterruptedException, IOException {
        Map<String, Object> row = database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                statement.setLong(1, number);
                return first(statement);
            }
        });
        return row.isEmpty() ? Reply.error(404, "no such row") : Reply.json(200, row);
    }

    /** Runs a statement that returns one number, such as an id that was given. */
    long number(String statement, Object... values) throws SQLException, InterruptedException {
        return database.write(connection -> {
            try (PreparedStatement prepared = connection.prepareStatement(statement)) {
                bind(prepared, values);
                try (ResultSet row = prepared.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /** Runs a statement that returns nothing. */
    int change(String statement, Object... values) throws SQLException, InterruptedException {
        return database.write(connection -> {
            try (PreparedStatement prepared = connection.prepareStatement(statement)) {
                bind(prepared, values);
                return prepared.executeUpdate();
            }
        });
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static Map<String, Object> first(PreparedStatement statement) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            if (row.next()) {
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.put(row.getMetaData().getColumnLabel(i), String.valueOf(row.getString(i)));
                }
            }
        }
        return values;
    }
}
