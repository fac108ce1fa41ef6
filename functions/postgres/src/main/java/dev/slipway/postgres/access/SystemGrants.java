package dev.slipway.postgres.access;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was granted on, or taken from, objects of the server itself and of extensions, which only their owner, a superuser, may change. */
public final class SystemGrants {
    private SystemGrants() {}

    /**
     * One change.
     *
     * @param change {@code GRANT} or {@code REVOKE}
     * @param part the column, if it is one
     */
    public record Change(
            String change, String kind, String name, String part, String grantee, String privilege, boolean grantable) {
        private static Change read(ResultSet row) throws SQLException {
            return new Change(
                    row.getString("change"),
                    row.getString("kind"),
                    row.getString("name"),
                    row.getString("part"),
                    row.getString("grantee"),
                    row.getString("privilege"),
                    row.getBoolean("grantable"));
        }

        Optional<Change> onTarget(RoleMap roles) {
            return grantee.equals(Access.EVERYBODY)
                    ? Optional.of(this)
                    : roles.target(grantee)
                            .map(role -> new Change(change, kind, name, part, role, privilege, grantable));
        }

        String subject() {
            return kind.toLowerCase(Locale.ROOT) + " " + name + (part.isEmpty() ? "" : "." + part);
        }

        private String role() {
            return grantee.equals(Access.EVERYBODY) ? "PUBLIC" : Sql.identifier(grantee);
        }

        private String described() {
            return change.toLowerCase(Locale.ROOT) + " " + privilege + (change.equals("GRANT") ? " to " : " from ")
                    + role() + (grantable ? " with grant option" : "");
        }

        public String statement() {
            String on = kind.equals("COLUMN") ? "TABLE " + name : kind + " " + name;
            String what = privilege + (part.isEmpty() ? "" : " (" + part + ")") + " ON " + on;
            return change.equals("GRANT")
                    ? "GRANT " + what + " TO " + role() + (grantable ? " WITH GRANT OPTION" : "")
                    : "REVOKE " + what + " FROM " + role();
        }
    }

    public static List<Change> read(PostgresSession session) throws SQLException {
        return session.query(Sql.file("access/system-grants"), Change::read);
    }

    public static List<Change> onTarget(PostgresSession from, RoleMap roles) throws SQLException {
        return read(from).stream()
                .flatMap(change -> change.onTarget(roles).stream())
                .toList();
    }

    public static Map<String, String> described(List<Change> changes) {
        Map<String, List<String>> bySubject = new TreeMap<>();
        for (Change change : changes) {
            bySubject
                    .computeIfAbsent(change.subject(), subject -> new ArrayList<>())
                    .add(change.described());
        }
        Map<String, String> described = new TreeMap<>();
        bySubject.forEach((subject, all) ->
                described.put(subject, String.join(", ", all.stream().sorted().toList())));
        return described;
    }
}
