package dev.slipway.postgres.access;

import dev.slipway.postgres.schema.LeftOut;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who owns an object, and who may do what with it.
 *
 * @param kind as ALTER names it
 * @param part the column, if it is one; of default privileges the schema, if they are for one
 * @param space the schema that the object is in
 * @param follows whether its owner cannot be changed by itself
 */
public record Access(
        String kind, String name, String part, String space, boolean follows, String owner, Set<Grant> grants) {
    /** No role has this name. */
    static final String EVERYBODY = "";

    static final String DEFAULTS = "DEFAULT";
    static final String ALL = "ALL";

    public Access {
        grants = new LinkedHashSet<>(grants);
    }

    /**
     * One privilege of one role.
     *
     * @param privilege {@code ALL} for as many as the kind has on its server
     */
    public record Grant(String grantee, String grantor, String privilege, boolean grantable) {
        @Override
        public String toString() {
            return (grantee.isEmpty() ? "PUBLIC" : Sql.identifier(grantee)) + " " + privilege
                    + (grantable ? " with grant option" : "");
        }
    }

    /** What the rows of one object say. */
    private record Row(Access object, Optional<Grant> grant) {
        static Row read(ResultSet row) throws SQLException {
            Access object = new Access(
                    row.getString("kind"),
                    row.getString("name"),
                    row.getString("part"),
                    row.getString("space"),
                    row.getBoolean("follows"),
                    row.getString("owner"),
                    Set.of());
            boolean granted = row.getString("privilege") != null;
            return new Row(object, granted ? Optional.of(grant(row)) : Optional.empty());
        }

        private static Grant grant(ResultSet row) throws SQLException {
            return new Grant(
                    row.getBoolean("everybody") ? EVERYBODY : row.getString("grantee"),
                    row.getString("grantor"),
                    row.getString("privilege"),
                    row.getBoolean("grantable"));
        }
    }

    /** All objects but those that are left out, and the default privileges. */
    public static List<Access> all(PostgresSession session, LeftOut leftOut) throws SQLException {
        List<Row> rows = new ArrayList<>(session.query(Sql.file("access/access"), Row::read, leftOut.parameter()));
        rows.addAll(session.query(Sql.file("access/default-privileges"), Row::read));
        Map<Access, Set<Grant>> found = new LinkedHashMap<>();
        for (Row row : rows) {
            Set<Grant> grants = found.computeIfAbsent(row.object, object -> new LinkedHashSet<>());
            row.grant.ifPresent(grants::add);
        }
        return found.entrySet().stream()
                .map(entry -> entry.getKey().with(entry.getValue()))
                .toList();
    }

    public Access with(Set<Grant> other) {
        return new Access(kind, name, part, space, follows, owner, other);
    }

    public boolean isDefaults() {
        return kind.equals(DEFAULTS);
    }

    public boolean isColumn() {
        return kind.equals("COLUMN");
    }

    /** Whether an object without it may do: nobody has to have granted anything on a column, or on what is still to come. */
    public boolean isOptional() {
        return isDefaults() || isColumn();
    }

    /** What two roles have granted that have become one. */
    public Access and(Access other) {
        Set<Grant> both = new LinkedHashSet<>(grants);
        both.addAll(other.grants);
        return with(folded(both));
    }

    /** Default privileges, or a column's, as they are where nobody has changed them. */
    public Access standard() {
        Set<Grant> standard = new LinkedHashSet<>();
        if (isDefaults() && part.isEmpty()) {
            standard.add(new Grant(owner, owner, ALL, false));
            if (name.equals("ROUTINES") || name.equals("TYPES")) {
                standard.add(new Grant(EVERYBODY, owner, ALL, false));
            }
        }
        return with(standard);
    }

    /** By which both sides' objects are told apart, as one would say it. */
    public String subject() {
        if (isDefaults()) {
            return "future " + name.toLowerCase(Locale.ROOT) + (part.isEmpty() ? "" : " in " + part) + " of "
                    + Sql.identifier(owner);
        }
        String what = kind.toLowerCase(Locale.ROOT);
        return name.isEmpty() ? what : what + " " + name + (part.isEmpty() ? "" : "." + part);
    }

    /** The same under the target's roles; empty for default privileges of a role that the login there may not act as, and where nothing is left. */
    public Optional<Access> onTarget(RoleMap roles) {
        if (isDefaults() && roles.acting(owner).isEmpty()) {
            return Optional.empty();
        }
        String newOwner = roles.owner(owner);
        Set<Grant> mapped = new LinkedHashSet<>();
        for (Grant grant : grants) {
            grantee(grant, roles, newOwner)
                    .ifPresent(grantee -> mapped.add(
                            new Grant(grantee, grantor(grant, roles, newOwner), grant.privilege, grant.grantable)));
        }
        Access there = new Access(kind, name, part, space, follows, newOwner, folded(mapped));
        return Optional.of(there).filter(it -> !(it.isOptional() && it.equals(it.standard())));
    }

    private Optional<String> grantee(Grant grant, RoleMap roles, String newOwner) {
        if (grant.grantee.equals(EVERYBODY)) {
            return Optional.of(EVERYBODY);
        }
        return grant.grantee.equals(owner) ? Optional.of(newOwner) : roles.target(grant.grantee);
    }

    private String grantor(Grant grant, RoleMap roles, String newOwner) {
        return grant.grantor.equals(owner)
                ? newOwner
                : roles.acting(grant.grantor).orElse(newOwner);
    }

    /** Two roles may have become one: what it has in full it does not need by halves. */
    private static Set<Grant> folded(Set<Grant> grants) {
        return grants.stream()
                .filter(grant -> grants.stream().noneMatch(other -> includes(other, grant)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean includes(Grant more, Grant less) {
        boolean same = more.grantee.equals(less.grantee) && more.grantor.equals(less.grantor);
        boolean privilege = more.privilege.equals(ALL) || more.privilege.equals(less.privilege);
        return same && !more.equals(less) && privilege && (more.grantable || !less.grantable);
    }

    /** The grants in an order of their own; by whom one was made only where it was not the owner. */
    public String described() {
        Set<String> lines = new TreeSet<>();
        for (Grant grant : grants) {
            String by = grant.grantor.equals(owner) ? "" : " by " + Sql.identifier(grant.grantor);
            lines.add(grant + by);
        }
        return String.join(", ", lines);
    }
}
