package dev.slipway.postgres.session;

import java.sql.SQLException;

/**
 * The role that a session has logged in as, and what it may do there.
 *
 * @param createrole whether it may make roles
 * @param owner whether it may change the database itself: its settings, grants and comment
 * @param ownsPublic whether it may do so with the schema public
 * @param version the server's major version
 */
public record Login(
        String name,
        boolean superuser,
        boolean createrole,
        boolean createdb,
        boolean bypassrls,
        boolean owner,
        boolean ownsPublic,
        int version) {
    /** Since then nobody gives a role more than he has, and a membership says what it is good for. */
    private static final int ROLES_ANEW = 16;

    public static Login read(PostgresSession session) throws SQLException {
        int version = session.majorVersion();
        return session.only(
                Sql.file("session/login"),
                row -> new Login(
                        row.getString("name"),
                        row.getBoolean("superuser"),
                        row.getBoolean("superuser") || row.getBoolean("createrole"),
                        row.getBoolean("createdb"),
                        row.getBoolean("bypassrls"),
                        row.getBoolean("owner"),
                        row.getBoolean("public"),
                        version));
    }

    /** Whether a copy has to leave it as it is, because it was there before and belongs to somebody else. */
    public boolean leaves(String subject) {
        return (subject.equalsIgnoreCase("database") && !owner)
                || (subject.equalsIgnoreCase("schema public") && !ownsPublic);
    }

    public boolean mayGiveCreatedb() {
        return superuser || createdb || version < ROLES_ANEW;
    }

    public boolean mayGiveBypassrls() {
        return superuser || (bypassrls && version >= ROLES_ANEW);
    }

    /** Since 16 who makes a role has to say that it wants to act as it. */
    public String membershipOptions() {
        return hasMembershipOptions() ? " WITH INHERIT TRUE, SET TRUE" : "";
    }

    public boolean hasMembershipOptions() {
        return version >= ROLES_ANEW;
    }
}
