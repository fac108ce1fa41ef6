package dev.slipway.postgres.schema;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of a source that are made in two steps: their index is built beside the table's others, and adopted when all are there. At
 * once, a key would want the table for itself.
 */
final class KeyIndexes {
    private static final Pattern ADDITION = Pattern.compile(
            "(?m)^(ALTER TABLE ONLY .*\n    ADD CONSTRAINT (\"(?:[^\"]|\"\")+\"|[^\"\\s]+) (?:PRIMARY KEY|UNIQUE))\\b.*;$");

    private final Map<Name, Definition> definitions = new HashMap<>();

    private KeyIndexes() {}

    private record Name(String schema, String tag) {}

    /** @param checked when the key is, as the clause that ends its constraint */
    private record Definition(String index, String checked) {}

    /**
     * A key in two steps.
     *
     * @param adoption from its head on, where a script of many can be cut; without settings, because its statements name all things whole
     */
    record Split(IndexScript index, String adoption) {}

    public static KeyIndexes read(PostgresSession from) throws SQLException {
        KeyIndexes keys = new KeyIndexes();
        from.query(
                Sql.file("schema/key-indexes"),
                row -> keys.definitions.put(
                        new Name(row.getString("nspname"), row.getString("tag")),
                        new Definition(row.getString("definition"), row.getString("checked"))));
        return keys;
    }

    /** Empty for what is made at once. What pg_dump adds to a key, such as its part in replication, comes with the adoption. */
    Optional<Split> split(IndexScript script) {
        Definition definition = script.key() ? definitions.get(new Name(script.schema(), script.tag())) : null;
        return definition == null ? Optional.empty() : split(script, definition.index, definition.checked);
    }

    static Optional<Split> split(IndexScript script, String definition, String checked) {
        Matcher addition = ADDITION.matcher(script.script());
        if (!addition.find()) {
            return Optional.empty();
        }
        String before = script.script().substring(0, addition.start());
        String after = script.script().substring(addition.end());
        String head = before.substring(before.indexOf(ScriptEntry.HEAD_BEGIN));
        String adopted = head + addition.group(1) + " USING INDEX " + addition.group(2) + checked + ";";
        return Optional.of(new Split(
                new IndexScript(script.schema(), script.tag(), false, before + definition + ";\n"), adopted + after));
    }
}
