package dev.slipway.postgres.access;

import dev.slipway.migration.Severity;
import dev.slipway.postgres.access.PostgresPair.Obstacle;
import dev.slipway.postgres.schema.LeftOut;
import dev.slipway.postgres.schema.Powers;
import dev.slipway.postgres.schema.SchemaScripts;
import dev.slipway.postgres.session.Login;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a target makes of a source's roles and of what they own, may do and have set, and what of it stays behind. */
final class AccessObstacles {
    private final PostgresSession from;
    private final PostgresSession to;
    private final RoleMap roles;
    private final Login login;
    private final List<Obstacle> all = new ArrayList<>();

    AccessObstacles(PostgresSession from, PostgresSession to) throws SQLException {
        this.from = from;
        this.to = to;
        this.roles = RoleMap.read(from, to);
        this.login = roles.login();
    }

    List<Obstacle> find() throws SQLException {
        roles();
        owners();
        superusersObjects();
        settings();
        all.addAll(from.query(
                Sql.file("access/left-behind"),
                row -> new Obstacle(
                        Severity.WARNING, row.getString("subject"), row.getString("what"), row.getString("remedy"))));
        return List.copyOf(all);
    }

    private void roles() throws SQLException {
        SourceRoles source = SourceRoles.read(from);
        for (SourceRoles.Role role : source.all()) {
            if (roles.isLogins(role.name()) && !role.name().equals(login.name())) {
                warn(
                        role(role.name()),
                        "is here what " + login.name() + " is on the target",
                        "expect what it owns and was granted to be " + login.name() + "'s there");
            }
        }
        List<SourceRoles.Role> missing = source.missing(roles);
        for (SourceRoles.Role role : missing) {
            if (!login.createrole()) {
                warn(
                        role(role.name()),
                        "is not on the target, and " + login.name() + " may not make roles there",
                        "make it first, or what it owns becomes " + login.name()
                                + "'s, and what it was granted stays behind");
            } else {
                warn(
                        role(role.name()),
                        "is not on the target and is made there" + (role.login() ? " without a password" : ""),
                        role.login() ? "set one before anybody logs in as it" : "nothing is to be done");
                role.lost(login)
                        .forEach(attribute -> warn(
                                role(role.name()),
                                "has " + attribute + ", which does not come along",
                                "give it on the target if it is needed there"));
            }
        }
        source.memberships(missing, roles)
                .forEach(lost -> warn(
                        role(lost.member()),
                        "is a member of " + Sql.identifier(lost.group()) + ", which does not come along",
                        "grant it on the target if it is needed there"));
    }

    private void owners() throws SQLException {
        Set<String> owners = new HashSet<>();
        for (Access access : Access.all(from, LeftOut.NOTHING)) {
            String owner = access.owner();
            if (!RoleMap.isPredefined(owner) && !roles.isLogins(owner) && owners.add(owner)) {
                owner(owner);
            }
        }
        if (!login.superuser()) {
            from.query(
                    Sql.file("access/definers"),
                    row -> warn(
                            row.getString("name"),
                            "runs with the rights of its owner " + row.getString("owner")
                                    + ", a superuser, which its owner on the target is not",
                            "see whether less will do"));
            from.query(
                    "SELECT quote_ident(srvname) AS name, quote_ident(fdwname) AS wrapper FROM pg_foreign_server s"
                            + " JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw ORDER BY 1",
                    row -> warn(
                            "server " + row.getString("name"),
                            "needs USAGE on " + row.getString("wrapper") + " on the target",
                            "see that " + login.name() + " has it there"));
            if (!login.bypassrls()) {
                from.query(
                        Sql.file("access/forced-row-security"),
                        row -> block(
                                row.getString("name"),
                                "forces its row-level security on its owner, so that " + login.name()
                                        + " cannot see on the target whether all rows have arrived",
                                "give " + login.name() + " BYPASSRLS there, or take FORCE back for the move"));
            }
        }
        if (!login.owner()) {
            warn(
                    "the target",
                    "belongs to somebody else than " + login.name(),
                    "make " + login.name() + " its owner, or its settings, grants and comment stay as they are");
        }
        if (!login.ownsPublic()) {
            warn(
                    "schema public",
                    "belongs to somebody else than " + login.name() + " on the target",
                    "make " + login.name() + " its owner, or its grants and comment stay as they are");
        }
    }

    private void owner(String owner) {
        if (roles.exists(owner) && roles.acting(owner).isEmpty()) {
            if (roles.isWithinReach(owner)) {
                warn(
                        role(owner),
                        "is on the target, and " + login.name() + " becomes a member of it, to give it what it owns",
                        "revoke that when the move is over");
            } else {
                warn(
                        role(owner),
                        "is on the target, and " + login.name() + " may not act as it",
                        "grant it to " + login.name() + ", or what it owns becomes " + login.name() + "'s");
            }
        }
    }

    private void superusersObjects() throws SQLException {
        Powers powers = Powers.read(to);
        for (LeftOut.Member object : LeftOut.read(from, powers).objects()) {
            if (object.needed()) {
                block(
                        object.name(),
                        "rests on what only a superuser may make, and " + login.name() + " is none",
                        "do without it on the source, or take a target where you are a superuser");
            } else if (object.name().startsWith("user mapping ")) {
                warn(object.name(), "is left behind, because it may hold a password", "make it on the target");
            } else if (!object.part()) {
                warn(
                        object.name(),
                        "is left behind, because only a superuser may make it",
                        "do without it, or take a target where you are a superuser");
            }
        }
        if (!login.superuser()) {
            SystemGrants.described(SystemGrants.read(from))
                    .forEach((subject, grants) -> warn(
                            subject,
                            "has other grants than it came with (" + grants + "), which are left behind",
                            "see whether the app needs them"));
        }
    }

    private void settings() throws SQLException {
        Set<String> known = SchemaScripts.settings(to);
        Predicate<Settings.Setting> doubtful = Settings.doubtful(to, roles);
        List<Settings.Setting> source = Settings.read(from);
        for (Settings.Setting setting : source) {
            if (!setting.isCustom() && !known.contains(setting.name())) {
                warn(setting.subject(), "is left behind, because the target does not know it", "nothing is to be done");
            } else if (doubtful.test(setting)) {
                warn(
                        setting.subject(),
                        "may be left behind, because " + login.name() + " may not set it",
                        "set it in the service's own way if it is needed");
            }
        }
        Set<String> here = source.stream().map(Settings.Setting::subject).collect(Collectors.toSet());
        for (Settings.Setting setting : Settings.read(to)) {
            if (!here.contains(setting.subject())) {
                warn(
                        setting.subject(),
                        "is on the target only, which a comparison will tell",
                        "reset it there, or set it on the source, too");
            }
        }
        from.query(Sql.file("access/function-settings"), row -> {
            Settings.Setting setting = Settings.Setting.of(null, row.getString("setting"), "");
            return doubtful.test(setting)
                    && block(
                            row.getString("name"),
                            "sets " + setting.name() + ", which " + login.name() + " may not on the target",
                            "take it off the function, or take a target where you are a superuser");
        });
    }

    private static String role(String name) {
        return "role " + Sql.identifier(name);
    }

    private boolean warn(String subject, String what, String remedy) {
        return all.add(new Obstacle(Severity.WARNING, subject, what, remedy));
    }

    private boolean block(String subject, String what, String remedy) {
        return all.add(new Obstacle(Severity.BLOCKER, subject, what, remedy));
    }
}
