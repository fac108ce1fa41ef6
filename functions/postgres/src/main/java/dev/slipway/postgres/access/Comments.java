package dev.slipway.postgres.access;

import dev.slipway.postgres.schema.LeftOut;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The comments on a database and what is in it, by what each is on. */
public final class Comments {
    public static final String ON_EVENT_TRIGGER = "EVENT TRIGGER ";
    static final String ON_DATABASE = "DATABASE";

    private Comments() {}

    public static Map<String, String> read(PostgresSession session, LeftOut leftOut) throws SQLException {
        Map<String, String> comments = new TreeMap<>();
        session.query(
                Sql.file("access/comments"),
                row -> comments.put(row.getString("subject"), row.getString("description")),
                leftOut.parameter());
        return comments;
    }

    /** What makes one side's those of the other. */
    public static List<String> statements(Map<String, String> wanted, Map<String, String> present, String database) {
        List<String> statements = new ArrayList<>();
        TreeSet<String> subjects = new TreeSet<>(wanted.keySet());
        subjects.addAll(present.keySet());
        for (String subject : subjects) {
            String text = wanted.get(subject);
            if (text == null || !text.equals(present.get(subject))) {
                String on = subject.equals(ON_DATABASE) ? subject + " " + Sql.identifier(database) : subject;
                statements.add("COMMENT ON " + on + " IS " + (text == null ? "NULL" : Sql.literal(text)));
            }
        }
        return statements;
    }
}
