package dev.slipway.postgres.access;

import dev.slipway.postgres.session.Login;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which role of a target stands for which of the source. Both logins stand for each other, unless the target has a role in whose name
 * the app acts there: then that stands for the source's login. Any other role stands for itself, except that a superuser which the
 * target does not have, or which the login there may not act as, is that one's, too.
 */
public final class RoleMap {
    /** In whose name an app acts on a target that it has several logins for. */
    public static final String APP = "slipway_app";

    private final String sourceLogin;
    private final Set<String> sourceSuperusers;
    private final Login login;
    private final Map<String, Known> known;
    private final Set<Membership> memberships;

    private record Membership(String member, String group) {}

    /** A role that the target has. */
    private record Known(boolean superuser, boolean usable, boolean grantable) {}

    private RoleMap(
            String sourceLogin,
            Set<String> sourceSuperusers,
            Login login,
            Map<String, Known> known,
            Set<Membership> memberships) {
        this.sourceLogin = sourceLogin;
        this.sourceSuperusers = sourceSuperusers;
        this.login = login;
        this.known = known;
        this.memberships = memberships;
    }

    public static RoleMap read(PostgresSession from, PostgresSession to) throws SQLException {
        return new RoleMap(
                Login.read(from).name(),
                known(from).entrySet().stream()
                        .filter(role -> role.getValue().superuser)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()),
                Login.read(to),
                known(to),
                Set.copyOf(to.query(
                        Sql.file("access/memberships"),
                        row -> new Membership(row.getString("member"), row.getString("group")))));
    }

    private static Map<String, Known> known(PostgresSession session) throws SQLException {
        Map<String, Known> known = new HashMap<>();
        session.query(
                Sql.file("access/roles"),
                row -> known.put(
                        row.getString("name"),
                        new Known(row.getBoolean("superuser"), row.getBoolean("usable"), row.getBoolean("grantable"))));
        return known;
    }

    public Login login() {
        return login;
    }

    /** Who stands for the source's login. */
    public String stand() {
        Known app = known.get(APP);
        return app != null && app.usable ? APP : login.name();
    }

    boolean exists(String role) {
        return known.containsKey(role);
    }

    boolean isMember(String role, String group) {
        return memberships.contains(new Membership(role, group));
    }

    /** Whether another role than that of the same name stands for it. */
    public boolean isLogins(String role) {
        return role.equals(sourceLogin)
                || (sourceSuperusers.contains(role) && !(login.superuser() && known.containsKey(role)));
    }

    /** Who is granted what the role was granted; empty where the target neither has such a role nor lets the login make one. */
    public Optional<String> target(String role) {
        return isLogins(role)
                ? Optional.of(stand())
                : Optional.of(role).filter(it -> known.containsKey(it) || login.createrole());
    }

    /** The same, where the login may act as that role. */
    Optional<String> acting(String role) {
        return target(role).filter(this::isUsable);
    }

    /** Who owns what the role owns: itself, or who stands for the login where that may not act as it. */
    String owner(String role) {
        // The database's owner is a member of it, whoever that is.
        return isPredefined(role) ? role : acting(role).orElse(stand());
    }

    /** Whether the login may not act as the role yet, but may see to it. */
    public boolean isWithinReach(String role) {
        Known found = known.get(role);
        return found == null ? login.createrole() : !found.usable && found.grantable;
    }

    /** Whether the login may make others members of it. */
    boolean mayGrant(String group) {
        Known found = known.get(group);
        return found != null && found.grantable;
    }

    /** Whether the login may change what is set for it. */
    boolean mayAlter(String role) {
        return role.equals(login.name()) || !known.containsKey(role) || mayGrant(role);
    }

    public static boolean isPredefined(String role) {
        return role.startsWith("pg_");
    }

    /** Whether the login may act as that role of the target. */
    public boolean isUsable(String role) {
        Known found = known.get(role);
        return role.equals(login.name()) || (found == null ? login.createrole() : found.usable);
    }
}
