package dev.slipway.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that make one index, or a key that rests on one, as pg_restore writes them.
 *
 * @param schema the schema that it is in
 * @param tag its name; before it, for a key, its table's
 * @param key whether it is a key: then making it wants the table for itself
 */
record IndexScript(String schema, String tag, boolean key, String script) {
    private static final Pattern HEAD =
            Pattern.compile("(?m)^--\n-- Name: (.*); Type: (INDEX|CONSTRAINT); Schema: (.*); Owner: .*\n--\n");

    /** Cuts a script of that many of them; empty where it cannot be told where one ends, as with a literal that looks like a head. */
    static Optional<List<IndexScript>> cut(String script, long expected) {
        List<IndexScript> cut = new ArrayList<>();
        Matcher head = HEAD.matcher(script);
        boolean found = head.find();
        String settings = found ? script.substring(0, head.start()) : "";
        while (found) {
            String tag = head.group(1);
            boolean key = head.group(2).equals("CONSTRAINT");
            String schema = head.group(3);
            int begin = head.start();
            found = head.find();
            int end = found ? head.start() : script.length();
            cut.add(new IndexScript(schema, tag, key, settings + script.substring(begin, end)));
        }
        return cut.size() == expected ? Optional.of(List.copyOf(cut)) : Optional.empty();
    }

    CopyLedger.Part part() {
        return new CopyLedger.Part("index", schema + " " + tag);
    }

    /** The index's name with its schema; a name with a blank in it may come out cut, which costs no more than its turn. */
    String qualified() {
        return schema + "." + tag.substring(tag.lastIndexOf(' ') + 1);
    }
}
