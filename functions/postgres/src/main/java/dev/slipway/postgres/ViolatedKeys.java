package dev.slipway.postgres;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Foreign keys to which the source's own rows do not keep, as after a load with triggers off: a copy can have them only as NOT VALID. */
final class ViolatedKeys {
    private static final String KIND = "constraint ";
    private static final String UNPROVED = " NOT VALID; not validated";

    private ViolatedKeys() {}

    /** The source's facts with those keys as a copy has to have them, if its rows are as they are said to be. */
    static Map<String, String> expected(PostgresSession from, Map<String, String> source, Map<String, String> target)
            throws SQLException {
        Map<String, String> expected = new TreeMap<>(source);
        Map<String, String> questions = new TreeMap<>();
        from.query(
                Sql.file("foreign-keys"),
                row -> questions.put(KIND + row.getString("name"), row.getString("violated")));
        for (Map.Entry<String, String> question : questions.entrySet()) {
            String fact = source.get(question.getKey());
            boolean unproved = fact != null && (fact + UNPROVED).equals(target.get(question.getKey()));
            if (unproved && from.only(question.getValue(), row -> row.getBoolean(1))) {
                expected.put(question.getKey(), fact + UNPROVED);
            }
        }
        return expected;
    }
}
