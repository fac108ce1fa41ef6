package dev.slipway.postgres.access;

import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Row-level security's policies, which name roles. */
public final class Policies {
    private Policies() {}

    /**
     * One of them.
     *
     * @param head CREATE POLICY up to its roles
     * @param tail what follows them
     */
    public record Policy(String name, String head, String tail, List<String> roles) {
        public static Policy read(ResultSet row) throws SQLException {
            String[] roles = (String[]) row.getArray("roles").getArray();
            return new Policy(row.getString("name"), row.getString("head"), row.getString("tail"), List.of(roles));
        }

        public String statement(RoleMap map) {
            return head + " "
                    + names(map)
                            .map(name -> name.isEmpty() ? "PUBLIC" : Sql.identifier(name))
                            .collect(Collectors.joining(", "))
                    + tail;
        }

        /** A policy for none would be one for everybody: one whose roles the target lacks is its login's. */
        private Stream<String> names(RoleMap map) {
            return roles.stream()
                    .map(role -> role.isEmpty() ? role : map.target(role).orElse(map.stand()))
                    .distinct();
        }
    }

    public static List<Policy> all(PostgresSession session) throws SQLException {
        return session.query(Sql.file("access/policies"), Policy::read);
    }

    /** To whom each applies. */
    public static Map<String, String> roles(PostgresSession session, UnaryOperator<String> mapping)
            throws SQLException {
        Map<String, String> roles = new TreeMap<>();
        for (Policy policy : all(session)) {
            roles.put(
                    policy.name,
                    policy.roles.stream()
                            .map(role -> role.isEmpty() ? "PUBLIC" : Sql.identifier(mapping.apply(role)))
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        return roles;
    }
}
