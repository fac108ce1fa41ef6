package dev.slipway.postgres.access;

import dev.slipway.postgres.session.Login;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The roles of a source without which its database would not be what it is, and how a target comes by them. */
public final class SourceRoles {
    private final List<Role> roles;
    private final List<Membership> memberships;

    private SourceRoles(List<Role> roles, List<Membership> memberships) {
        this.roles = roles;
        this.memberships = memberships;
    }

    /**
     * One of them; its password nobody may read.
     *
     * @param connections as many as it may have at once, or -1
     * @param until when its password expires, or empty
     * @param settings what it has set wherever it logs in
     */
    record Role(
            String name,
            boolean superuser,
            boolean login,
            boolean inherit,
            boolean createdb,
            boolean createrole,
            boolean replication,
            boolean bypassrls,
            int connections,
            String until,
            String comment,
            List<Settings.Setting> settings) {
        private static Role read(ResultSet row) throws SQLException {
            String name = row.getString("name");
            List<Settings.Setting> settings = new ArrayList<>();
            for (String setting : (String[]) row.getArray("settings").getArray()) {
                int equals = setting.indexOf('=');
                settings.add(Settings.Setting.of(name, setting.substring(0, equals), setting.substring(equals + 1)));
            }
            return new Role(
                    name,
                    row.getBoolean("superuser"),
                    row.getBoolean("login"),
                    row.getBoolean("inherit"),
                    row.getBoolean("createdb"),
                    row.getBoolean("createrole"),
                    row.getBoolean("replication"),
                    row.getBoolean("bypassrls"),
                    row.getInt("connections"),
                    row.getString("until"),
                    row.getString("comment"),
                    settings);
        }

        /** The attributes that reach beyond a database, or that the target's login has not got itself, stay behind. */
        List<String> lost(Login there) {
            List<String> lost = new ArrayList<>();
            if (replication) {
                lost.add("REPLICATION");
            }
            if (createdb && !there.mayGiveCreatedb()) {
                lost.add("CREATEDB");
            }
            if (bypassrls && !there.mayGiveBypassrls()) {
                lost.add("BYPASSRLS");
            }
            return lost;
        }

        private String creation(Login there) {
            StringBuilder create = new StringBuilder("CREATE ROLE " + Sql.identifier(name));
            create.append(login ? " LOGIN" : " NOLOGIN");
            create.append(inherit ? " INHERIT" : " NOINHERIT");
            create.append(createdb && there.mayGiveCreatedb() ? " CREATEDB" : "");
            create.append(createrole ? " CREATEROLE" : "");
            create.append(bypassrls && there.mayGiveBypassrls() ? " BYPASSRLS" : "");
            create.append(connections < 0 ? "" : " CONNECTION LIMIT " + connections);
            create.append(until.isEmpty() ? "" : " VALID UNTIL " + Sql.literal(until));
            return create.toString();
        }
    }

    /** Who is a member of whom. The last two are null where the server is older than 16. */
    record Membership(String group, String member, boolean admin, String inherit, String set) {
        public static Membership read(ResultSet row) throws SQLException {
            return new Membership(
                    row.getString("group"),
                    row.getString("member"),
                    row.getBoolean("admin"),
                    option(row.getString("inherit")),
                    option(row.getString("set")));
        }

        private static String option(@Nullable String flag) {
            return flag == null ? "" : flag.equals("t") ? "TRUE" : "FALSE";
        }

        public String statement(Login there) {
            List<String> options = new ArrayList<>();
            if (admin) {
                options.add(!there.hasMembershipOptions() ? "ADMIN OPTION" : "ADMIN TRUE");
            }
            if (there.hasMembershipOptions() && !inherit.isEmpty()) {
                options.add("INHERIT " + inherit);
                options.add("SET " + set);
            }
            return "GRANT " + Sql.identifier(group) + " TO " + Sql.identifier(member)
                    + (options.isEmpty() ? "" : " WITH " + String.join(", ", options));
        }
    }

    public static SourceRoles read(PostgresSession from) throws SQLException {
        return new SourceRoles(
                from.query(Sql.file("access/wanted-roles"), Role::read),
                from.query(Sql.file("access/memberships"), Membership::read));
    }

    List<Role> all() {
        return roles;
    }

    /** Those that the target has not got, and that are not the login's there. */
    List<Role> missing(RoleMap map) {
        return roles.stream()
                .filter(role -> !map.isLogins(role.name) && !map.exists(role.name))
                .toList();
    }

    /** Makes those that are missing, where the login may; a role that is there stays as it is. */
    public List<String> creation(RoleMap map, Predicate<Settings.Setting> settable) {
        Login there = map.login();
        List<Role> made = there.createrole() ? missing(map) : List.of();
        Set<String> names = made.stream().map(Role::name).collect(Collectors.toSet());
        List<String> statements = new ArrayList<>();
        for (Role role : made) {
            statements.add(role.creation(there));
            if (!role.comment.isEmpty()) {
                statements.add("COMMENT ON ROLE " + Sql.identifier(role.name) + " IS " + Sql.literal(role.comment));
            }
            role.settings.stream()
                    .filter(settable)
                    .forEach(setting ->
                            statements.add("ALTER ROLE " + Sql.identifier(role.name) + " SET " + setting.assignment()));
        }
        memberships.stream()
                .filter(membership -> names.contains(membership.member))
                .filter(membership -> isGrantable(membership.group, names, map))
                .forEach(membership -> statements.add(membership.statement(there)));
        return statements;
    }

    /** Those of the source's that a target will not have, of the roles that are made there and of those that it had before. */
    List<Membership> memberships(List<Role> made, RoleMap map) {
        Set<String> names = made.stream().map(Role::name).collect(Collectors.toSet());
        Set<String> known = roles.stream()
                .map(Role::name)
                .filter(name -> !map.isLogins(name))
                .collect(Collectors.toSet());
        return memberships.stream()
                .filter(membership -> known.contains(membership.member))
                .filter(membership -> !map.isLogins(membership.group))
                .filter(membership -> !map.isMember(membership.member, membership.group))
                .filter(membership -> !(names.contains(membership.member) && isGrantable(membership.group, names, map)))
                .toList();
    }

    /** A group that was there, too, where the login may grant it. */
    private static boolean isGrantable(String group, Set<String> made, RoleMap map) {
        return made.contains(group) || map.mayGrant(group);
    }
}
