package dev.slipway.postgres.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of an inspection's statements: each is asked by itself, so that one that a server refuses hides nothing of the others.
 *
 * @param title what it looks for
 * @param since the first version of the server that understands it
 */
public record InspectionQuery(String title, int since, String sql) {
    private static final Pattern HEADER = Pattern.compile("(?m)^-- == (.+?)(?: \\(since (\\d+)\\))?$");

    /** The only statement of a file. */
    public static String single(String file) {
        return Sql.file("session/common") + Sql.file(file);
    }

    /** The statements of a file, which may all refer to what is common. */
    public static List<InspectionQuery> in(String file) {
        String common = Sql.file("session/common");
        String all = Sql.file(file);
        List<InspectionQuery> queries = new ArrayList<>();
        Matcher header = HEADER.matcher(all);
        boolean more = header.find();
        while (more) {
            String title = header.group(1);
            int since = header.group(2) == null ? 0 : Integer.parseInt(header.group(2));
            int begin = header.end();
            more = header.find();
            queries.add(new InspectionQuery(
                    title, since, common + all.substring(begin, more ? header.start() : all.length())));
        }
        return queries;
    }
}
