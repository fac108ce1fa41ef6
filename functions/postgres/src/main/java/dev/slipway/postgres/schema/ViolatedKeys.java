package dev.slipway.postgres.schema;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Foreign keys to which the source's own rows do not keep, as after a load with triggers off: a copy can have them only as NOT VALID. */
public final class ViolatedKeys {
    private static final String KIND = "constraint ";
    private static final String UNPROVED = " NOT VALID; not validated";

    private ViolatedKeys() {}

    /** The source's facts with those keys as a copy has to have them, if its rows are as they are said to be. */
    public static Map<String, String> expected(
            PostgresSession from, Map<String, String> source, Map<String, String> target) throws SQLException {
        Map<String, String> expected = new TreeMap<>(source);
        Map<String, String> statements = new TreeMap<>();
        from.query(
                Sql.file("schema/foreign-keys"),
                row -> statements.put(KIND + row.getString("name"), row.getString("statement")));
        for (Map.Entry<String, String> key : statements.entrySet()) {
            String fact = source.get(key.getKey());
            boolean unproved = fact != null && (fact + UNPROVED).equals(target.get(key.getKey()));
            if (unproved && from.first(key.getValue(), row -> row.getInt(1)).isPresent()) {
                expected.put(key.getKey(), fact + UNPROVED);
            }
        }
        return expected;
    }
}
