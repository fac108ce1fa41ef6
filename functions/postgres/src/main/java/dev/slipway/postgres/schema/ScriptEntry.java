package dev.slipway.postgres.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that make one object, as pg_restore writes them, with the settings that it writes before all.
 *
 * @param tag its name; before it, for what belongs to a table, the table's
 */
public record ScriptEntry(String tag, String type, String schema, String script) {
    static final String HEAD_BEGIN = "--\n-- Name: ";

    private static final Pattern HEAD = Pattern.compile(head("INDEX|CONSTRAINT|FK CONSTRAINT"));

    /** How pg_restore announces an object of one of those types. */
    static String head(String types) {
        return "(?m:^" + HEAD_BEGIN + "(?<tag>.*); Type: (?<type>" + types
                + "); Schema: (?<schema>.*); Owner: .*\n--\n)";
    }

    /** Cuts a script of that many of them; empty where it cannot be told where one ends, as with a literal that looks like a head. */
    static Optional<List<ScriptEntry>> cut(String script, long expected) {
        List<ScriptEntry> cut = new ArrayList<>();
        Matcher head = HEAD.matcher(script);
        boolean found = head.find();
        String settings = found ? script.substring(0, head.start()) : "";
        while (found) {
            String tag = head.group("tag");
            String type = head.group("type");
            String schema = head.group("schema");
            int begin = head.start();
            found = head.find();
            int end = found ? head.start() : script.length();
            cut.add(new ScriptEntry(tag, type, schema, settings + script.substring(begin, end)));
        }
        return cut.size() == expected ? Optional.of(List.copyOf(cut)) : Optional.empty();
    }
}
