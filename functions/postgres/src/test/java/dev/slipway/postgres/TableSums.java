package dev.slipway.postgres;

import dev.slipway.migration.StoreUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a database holds, told by its own aggregates: none of the product's code is asked. */
final class TableSums {
    private static final String ROWS = """
            SELECT format('rows of %s', c.oid::regclass),
                   format('SELECT count(*) || '' '' || coalesce(md5(string_agg(r::text, E''\\n'' ORDER BY r::text COLLATE "C")), '''') FROM ONLY %s r', c.oid::regclass)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'm') AND c.relispopulated AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'slipway')
            """;
    private static final String OBJECTS = """
            SELECT 'large object ' || oid, md5(lo_get(oid)) FROM pg_largeobject_metadata
             UNION ALL
            SELECT format('sequence %I.%I', schemaname, sequencename), coalesce(last_value::text, 'untouched')
              FROM pg_sequences WHERE schemaname <> 'slipway'
             UNION ALL
            SELECT format('index %s', indexrelid::regclass), pg_get_indexdef(indexrelid) || indisvalid
              FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
             WHERE c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)
               AND c.relnamespace IS DISTINCT FROM to_regnamespace('slipway')
             UNION ALL
            SELECT format('constraint %I of %s', conname, conrelid::regclass), pg_get_constraintdef(oid) || convalidated
              FROM pg_constraint
             WHERE conrelid <> 0 AND connamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
               AND connamespace IS DISTINCT FROM to_regnamespace('slipway')
             UNION ALL
            SELECT format('trigger %I of %s', tgname, tgrelid::regclass), pg_get_triggerdef(oid)
              FROM pg_trigger WHERE NOT tgisinternal AND tgname <> 'slipway_fence'
             UNION ALL
            SELECT format('column %I of %s', attname, attrelid::regclass),
                   concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated)
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE attnum > 0 AND NOT attisdropped AND c.relkind IN ('r', 'p', 'v', 'm')
               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'slipway')
             UNION ALL
            SELECT 'persistence of ' || oid::regclass, relpersistence::text FROM pg_class
             WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            """;

    private TableSums() {}

    static Map<String, String> of(StoreUrl url) throws SQLException {
        try (Connection connection = Databases.connect(url)) {
            Map<String, String> found = new TreeMap<>();
            for (String[] table : rows(connection, ROWS)) {
                found.put(
                        table[0],
                        rows(connection, "SELECT '', (" + table[1] + ")").getFirst()[1]);
            }
            rows(connection, OBJECTS).forEach(object -> found.put(object[0], object[1]));
            return found;
        }
    }

    private static List<String[]> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String[]> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(new String[] {result.getString(1), result.getString(2)});
            }
            return rows;
        }
    }
}
