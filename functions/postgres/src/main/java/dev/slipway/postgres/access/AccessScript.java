package dev.slipway.postgres.access;

import dev.slipway.postgres.access.Access.Grant;
import dev.slipway.postgres.session.Login;
import dev.slipway.postgres.session.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The statements that give a target's objects the owners and grants that they should have. */
public final class AccessScript {
    private final String database;
    private final Login login;

    public AccessScript(String database, Login login) {
        this.database = database;
        this.login = login;
    }

    /** Only who may make an object may come to own one: what is granted for that here, the grants take back. */
    public List<String> owners(List<Access> wanted, Map<String, Access> present) {
        Set<String> meanwhile = new TreeSet<>();
        List<String> changes = new ArrayList<>();
        for (Access each : wanted) {
            Access found = present.get(each.subject());
            if (found != null && !each.follows() && !found.owner().equals(each.owner())) {
                if (!login.superuser()) {
                    place(each)
                            .ifPresent(place ->
                                    meanwhile.add("GRANT CREATE ON " + place + " TO " + Sql.identifier(each.owner())));
                }
                changes.add("ALTER " + each.kind() + " " + each.name() + " OWNER TO " + Sql.identifier(each.owner()));
            }
        }
        List<String> all = new ArrayList<>(meanwhile);
        all.addAll(changes);
        return all;
    }

    /** Where the owner of such an object must have the right to make one. */
    private Optional<String> place(Access object) {
        if (object.kind().equals("PUBLICATION")) {
            return Optional.of("DATABASE " + Sql.identifier(database));
        }
        return object.space().isEmpty() ? Optional.empty() : Optional.of("SCHEMA " + object.space());
    }

    /** From whatever was granted to what should be; nothing where that is the same. */
    public List<String> grants(Access wanted, Access present) {
        if (wanted.grants().equals(present.grants())) {
            return List.of();
        }
        Set<String> losers = new LinkedHashSet<>();
        if (wanted.part().isEmpty()) {
            losers.add(Access.EVERYBODY);
            losers.add(wanted.owner());
        }
        present.grants().forEach(grant -> losers.add(grant.grantee()));
        List<String> statements = new ArrayList<>();
        for (String loser : losers) {
            statements.add(revoke(wanted, loser));
        }
        grouped(wanted).forEach((to, privileges) -> statements.addAll(grant(wanted, to, privileges)));
        return statements;
    }

    /** To whom, by whom. */
    private record Recipient(String grantee, String grantor, boolean grantable) {}

    /** The owner's come first, then those of whom these have made grantors: nobody passes on what he has not got yet. */
    private static Map<Recipient, List<String>> grouped(Access wanted) {
        Map<Recipient, List<String>> grouped = new LinkedHashMap<>();
        Set<String> grantors = new LinkedHashSet<>(List.of(wanted.owner()));
        List<Grant> waiting = new ArrayList<>(wanted.grants());
        boolean moved = true;
        while (moved) {
            Set<String> now = Set.copyOf(grantors);
            List<Grant> ready = waiting.stream()
                    .filter(grant -> now.contains(grant.grantor()))
                    .toList();
            for (Grant grant : ready) {
                grouped.computeIfAbsent(
                                new Recipient(grant.grantee(), grant.grantor(), grant.grantable()),
                                key -> new ArrayList<>())
                        .add(grant.privilege());
                grantors.add(grant.grantee());
            }
            waiting.removeAll(ready);
            moved = !ready.isEmpty();
        }
        return grouped;
    }

    private List<String> grant(Access object, Recipient to, List<String> privileges) {
        String grant = prefix(object) + "GRANT " + privileges(object, privileges) + " ON " + target(object) + " TO "
                + role(to.grantee) + (to.grantable ? " WITH GRANT OPTION" : "");
        return to.grantor.equals(object.owner())
                ? List.of(grant)
                : List.of("SET LOCAL ROLE " + Sql.identifier(to.grantor) + "; " + grant + "; SET LOCAL ROLE NONE");
    }

    private String revoke(Access object, String from) {
        String cascade = object.isDefaults() ? "" : " CASCADE";
        return prefix(object) + "REVOKE " + privileges(object, List.of(Access.ALL)) + " ON " + target(object) + " FROM "
                + role(from) + cascade;
    }

    private static String prefix(Access object) {
        return object.isDefaults()
                ? "ALTER DEFAULT PRIVILEGES FOR ROLE " + Sql.identifier(object.owner())
                        + (object.part().isEmpty() ? "" : " IN SCHEMA " + object.part()) + " "
                : "";
    }

    private static String privileges(Access object, List<String> privileges) {
        String column = object.isColumn() ? " (" + object.part() + ")" : "";
        return String.join(
                ", ", privileges.stream().map(privilege -> privilege + column).toList());
    }

    private String target(Access object) {
        return switch (object.kind()) {
            case Access.DEFAULTS -> object.name();
            case "DATABASE" -> "DATABASE " + Sql.identifier(database);
            case "TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "COLUMN" -> "TABLE " + object.name();
            case "SERVER" -> "FOREIGN SERVER " + object.name();
            default -> object.kind() + " " + object.name();
        };
    }

    private static String role(String name) {
        return name.equals(Access.EVERYBODY) ? "PUBLIC" : Sql.identifier(name);
    }
}
