package dev.slipway.postgres.copy;

import dev.slipway.postgres.access.Access;
import dev.slipway.postgres.access.AccessScript;
import dev.slipway.postgres.access.Comments;
import dev.slipway.postgres.access.Policies;
import dev.slipway.postgres.access.RoleMap;
import dev.slipway.postgres.access.Settings;
import dev.slipway.postgres.access.SourceRoles;
import dev.slipway.postgres.access.SystemGrants;
import dev.slipway.postgres.schema.LeftOut;
import dev.slipway.postgres.schema.SchemaScripts;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Carries what the schema's scripts leave open because it names roles or the database: roles, policies, comments, owners, grants, settings. */
public final class AccessCopy {
    private final PostgresSession from;
    private final PostgresSession to;
    private final LeftOut leftOut;
    private final Changes changes;
    private final String database;

    AccessCopy(PostgresSession from, PostgresSession to, LeftOut leftOut, Changes changes) throws SQLException {
        this.from = from;
        this.to = to;
        this.leftOut = leftOut;
        this.changes = changes;
        this.database = to.only("SELECT current_database()", row -> row.getString(1));
    }

    void run() throws SQLException {
        List<Access> source = Access.all(from, leftOut);
        RoleMap roles = roles(source);
        for (Policies.Policy policy : Policies.all(from)) {
            changes.once("policy " + policy.name(), () -> to.execute(policy.statement(roles)));
        }
        changes.again(
                Comments.statements(comments(from, leftOut, roles), comments(to, LeftOut.NOTHING, roles), database));
        List<Access> wanted = source.stream()
                .filter(each -> !roles.login().leaves(each.subject()))
                .flatMap(each -> each.onTarget(roles).stream())
                .toList();
        AccessScript script = new AccessScript(database, roles.login());
        Map<String, Access> present = present();
        present.values().removeIf(each -> !roles.isUsable(each.owner()));
        changes.again(script.owners(wanted, present));
        grants(wanted, script, roles, false);
        // Taking something from somebody on a table takes it on its columns, too.
        grants(wanted, script, roles, true);
        if (roles.login().superuser()) {
            changes.again(SystemGrants.onTarget(from, roles).stream()
                    .map(SystemGrants.Change::statement)
                    .toList());
        }
        changes.again(() -> settings(roles));
    }

    /** The statements that make the event triggers, which must not see what else a copy does. */
    static List<String> eventTriggers(PostgresSession from, LeftOut leftOut) throws SQLException {
        List<String> statements = new ArrayList<>();
        Set<String> ids = leftOut.ids();
        from.query(Sql.file("copy/event-triggers"), row -> {
            if (!ids.contains(row.getString("id"))) {
                statements.add(row.getString("created"));
                if (!row.getString("enabled").isEmpty()) {
                    statements.add("ALTER EVENT TRIGGER " + row.getString("name") + " " + row.getString("enabled"));
                }
            }
            return row.getString("name");
        });
        Comments.read(from, leftOut).forEach((subject, text) -> {
            if (subject.startsWith(Comments.ON_EVENT_TRIGGER)) {
                statements.add("COMMENT ON " + subject + " IS " + Sql.literal(text));
            }
        });
        return statements;
    }

    private RoleMap roles(List<Access> source) throws SQLException {
        RoleMap before = RoleMap.read(from, to);
        Set<String> known = SchemaScripts.settings(to);
        Predicate<Settings.Setting> doubtful = Settings.doubtful(to, before);
        changes.again(SourceRoles.read(from)
                .creation(before, setting -> known.contains(setting.name()) && !doubtful.test(setting)));
        RoleMap made = RoleMap.read(from, to);
        // Only a member of a role may give it something to own, or grant in its name.
        Set<String> joined = new TreeSet<>();
        source.stream()
                .flatMap(each -> Stream.concat(
                        Stream.of(each.owner()), each.grants().stream().map(Access.Grant::grantor)))
                .filter(role -> !RoleMap.isPredefined(role) && !made.isLogins(role) && made.isWithinReach(role))
                .forEach(joined::add);
        changes.again(joined.stream()
                .map(role -> "GRANT " + Sql.identifier(role) + " TO "
                        + Sql.identifier(made.login().name()) + made.login().membershipOptions())
                .toList());
        return RoleMap.read(from, to);
    }

    private static Map<String, String> comments(PostgresSession session, LeftOut leftOut, RoleMap roles)
            throws SQLException {
        Map<String, String> comments = new TreeMap<>(Comments.read(session, leftOut));
        comments.keySet()
                .removeIf(subject -> subject.startsWith(Comments.ON_EVENT_TRIGGER)
                        || roles.login().leaves(subject));
        return comments;
    }

    private Map<String, Access> present() throws SQLException {
        Map<String, Access> present = new HashMap<>();
        Access.all(to, LeftOut.NOTHING).forEach(each -> present.put(each.subject(), each));
        return present;
    }

    private void grants(List<Access> wanted, AccessScript script, RoleMap roles, boolean columns) throws SQLException {
        Map<String, Access> present = present();
        List<String> statements = new ArrayList<>();
        for (Access each : wanted) {
            Access found = present.remove(each.subject());
            boolean ours = found == null ? each.isOptional() : roles.isUsable(found.owner());
            if (ours && each.isColumn() == columns) {
                statements.addAll(script.grants(each, found == null ? each.with(Set.of()) : found));
            }
        }
        for (Access surplus : present.values()) {
            if (surplus.isDefaults() && !columns && roles.isUsable(surplus.owner())) {
                statements.addAll(script.grants(surplus.standard(), surplus));
            }
        }
        changes.again(statements);
    }

    private void settings(RoleMap roles) throws SQLException {
        for (Settings.Setting setting : Settings.onTarget(from, to, roles)) {
            String alter = setting.role().isEmpty()
                    ? "ALTER DATABASE " + Sql.identifier(database)
                    : "ALTER ROLE " + Sql.identifier(setting.role().get()) + " IN DATABASE " + Sql.identifier(database);
            attempt(alter + " SET " + setting.assignment());
        }
    }

    /** What the server refuses stays behind; that it may was said before. */
    private void attempt(String statement) throws SQLException {
        to.execute("SAVEPOINT attempt");
        try {
            to.execute(statement);
            to.execute("RELEASE SAVEPOINT attempt");
        } catch (SQLException e) {
            if (!PostgresFailure.state(e).equals(PostgresFailure.NOT_ALLOWED)) {
                throw e;
            }
            to.execute("ROLLBACK TO SAVEPOINT attempt");
        }
    }
}
