package dev.slipway.postgres.compare;

import dev.slipway.postgres.access.Access;
import dev.slipway.postgres.access.Comments;
import dev.slipway.postgres.access.Policies;
import dev.slipway.postgres.access.RoleMap;
import dev.slipway.postgres.access.Settings;
import dev.slipway.postgres.access.SystemGrants;
import dev.slipway.postgres.copy.AccessCopy;
import dev.slipway.postgres.schema.LeftOut;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what {@link AccessCopy} carries, by the same rule which role stands for which. */
final class AccessComparison {
    private final PostgresSession here;
    private final PostgresSession there;
    private final LeftOut leftOut;
    private final Differences differences;

    AccessComparison(PostgresSession here, PostgresSession there, LeftOut leftOut, Differences differences) {
        this.here = here;
        this.there = there;
        this.leftOut = leftOut;
        this.differences = differences;
    }

    void run() throws SQLException {
        RoleMap roles = RoleMap.read(here, there);
        access(roles);
        differences.compare(
                "roles of policy ",
                Policies.roles(here, role -> roles.target(role).orElse(roles.stand())),
                Policies.roles(there, role -> role));
        differences.compare("comment on ", comments(here, leftOut, roles), comments(there, LeftOut.NOTHING, roles));
        if (roles.login().superuser()) {
            differences.compare(
                    "changed grants on ",
                    SystemGrants.described(SystemGrants.onTarget(here, roles)),
                    SystemGrants.described(SystemGrants.read(there)));
        }
        settings(roles);
    }

    private void access(RoleMap roles) throws SQLException {
        Map<String, Access> source =
                bySubject(Access.all(here, leftOut).stream().flatMap(each -> each.onTarget(roles).stream()), roles);
        Map<String, Access> target = bySubject(Access.all(there, LeftOut.NOTHING).stream(), roles);
        // Where only one side has the object, the schema's facts say so.
        Map<String, String> owners = new TreeMap<>();
        Map<String, String> otherOwners = new TreeMap<>();
        source.forEach((subject, access) -> {
            if (target.containsKey(subject) && !access.follows()) {
                owners.put(subject, access.owner());
                otherOwners.put(
                        subject, Objects.requireNonNull(target.get(subject)).owner());
            }
        });
        differences.compare("owner of ", owners, otherOwners);
        differences.compare("grants on ", grants(source, target), grants(target, source));
    }

    private static Map<String, Access> bySubject(Stream<Access> all, RoleMap roles) {
        return all.filter(each -> !roles.login().leaves(each.subject()))
                .collect(Collectors.toMap(Access::subject, each -> each, Access::and, TreeMap::new));
    }

    private static Map<String, String> comments(PostgresSession session, LeftOut leftOut, RoleMap roles)
            throws SQLException {
        Map<String, String> comments = Comments.read(session, leftOut);
        comments.keySet().removeIf(roles.login()::leaves);
        return comments;
    }

    private static Map<String, String> grants(Map<String, Access> side, Map<String, Access> other) {
        Map<String, String> grants = new TreeMap<>();
        side.forEach((subject, access) -> {
            if (access.isOptional() || other.containsKey(subject)) {
                grants.put(subject, access.described());
            }
        });
        return grants;
    }

    /** One that the server may refuse to the login there may be missing, but not be another. */
    private void settings(RoleMap roles) throws SQLException {
        Predicate<Settings.Setting> doubtful = Settings.doubtful(there, roles);
        Map<String, String> found = named(Settings.read(there));
        List<Settings.Setting> wanted = Settings.onTarget(here, there, roles).stream()
                .filter(setting -> !doubtful.test(setting) || found.containsKey(setting.subject()))
                .toList();
        differences.compare("", named(wanted), found);
    }

    private static Map<String, String> named(List<Settings.Setting> settings) {
        return settings.stream()
                .collect(Collectors.toMap(
                        Settings.Setting::subject, Settings.Setting::value, (one, two) -> two, TreeMap::new));
    }
}
