package dev.slipway.postgres.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a script of pg_restore's between the objects that it makes: each is locked until its transaction ends, and a server has not as
 * many locks as a database may have tables.
 */
public final class ScriptPieces {
    /** A table with a counter is four or five locks; a small server has room for 1,000 and some. */
    private static final int OBJECTS = 100;

    /** What looks like a head within a literal or a function's body is none. */
    private static final Pattern TOKEN =
            Pattern.compile("'[^']*+'|\"[^\"]*+\"|(\\$(?:[A-Za-z_][A-Za-z_0-9]*+)?\\$)(?s:.*?)\\1|(?<head>"
                    + ScriptEntry.head(".*") + ")|--.*+");

    private ScriptPieces() {}

    /** In their order; the settings before the first object are the session's, and last. */
    public static List<String> cut(String script) {
        List<String> pieces = new ArrayList<>();
        Matcher token = TOKEN.matcher(script);
        int begin = 0;
        int objects = 0;
        while (token.find()) {
            if (token.group("head") != null && objects++ == OBJECTS) {
                pieces.add(script.substring(begin, token.start()));
                begin = token.start();
                objects = 1;
            }
        }
        pieces.add(script.substring(begin));
        return pieces;
    }
}
