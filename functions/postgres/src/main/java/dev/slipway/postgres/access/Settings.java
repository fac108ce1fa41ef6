package dev.slipway.postgres.access;

import dev.slipway.postgres.schema.SchemaScripts;
import dev.slipway.postgres.session.Login;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a database and its roles have set by ALTER DATABASE and ALTER ROLE. */
public final class Settings {
    // https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/dumputils.c, variable_is_guc_list_quote
    private static final Set<String> LISTS = Set.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");
    private static final Pattern ELEMENT = Pattern.compile("\"((?:[^\"]|\"\")*)\"|[^,\\s]+");

    private Settings() {}

    /**
     * One of them.
     *
     * @param role empty for everybody's
     */
    public record Setting(Optional<String> role, String name, String value) {
        static Setting of(@Nullable String role, String name, String value) {
            return new Setting(Optional.ofNullable(role), name, value);
        }

        /** As SET takes it. */
        public String assignment() {
            return parameter() + " TO " + (LISTS.contains(name) ? elements() : Sql.literal(value));
        }

        /** A name of an extension's or an app's own is two, with a dot between. */
        private String parameter() {
            return List.of(name.split("\\.", -1)).stream().map(Sql::identifier).collect(Collectors.joining("."));
        }

        private String elements() {
            List<String> elements = new ArrayList<>();
            Matcher element = ELEMENT.matcher(value);
            while (element.find()) {
                String quoted = element.group(1);
                elements.add(Sql.literal(quoted == null ? element.group() : quoted.replace("\"\"", "\"")));
            }
            return elements.isEmpty() ? "''" : String.join(", ", elements);
        }

        /** An app's own, which no server knows. */
        boolean isCustom() {
            return name.contains(".");
        }

        Optional<Setting> onTarget(RoleMap roles) {
            return role.isEmpty() ? Optional.of(this) : roles.target(role.get()).map(it -> of(it, name, value));
        }

        public String subject() {
            return "setting " + name
                    + role.map(it -> " of role " + Sql.identifier(it)).orElse("");
        }
    }

    public static List<Setting> read(PostgresSession session) throws SQLException {
        return session.query(
                Sql.file("access/settings"),
                row -> Setting.of(row.getString("role"), row.getString("name"), row.getString("value")));
    }

    /** Those of the source, for the roles that the target has for its own, as far as its server knows them. */
    public static List<Setting> onTarget(PostgresSession from, PostgresSession to, RoleMap roles) throws SQLException {
        Set<String> known = SchemaScripts.settings(to);
        List<Setting> carried = new ArrayList<>();
        for (Setting setting : read(from)) {
            if (setting.isCustom() || known.contains(setting.name)) {
                setting.onTarget(roles).ifPresent(carried::add);
            }
        }
        return carried;
    }

    /** Which of them the server may refuse to its session's role; a managed service may be more generous. */
    public static Predicate<Setting> doubtful(PostgresSession session, RoleMap roles) throws SQLException {
        Login login = roles.login();
        Set<String> superusers = Set.copyOf(
                session.query("SELECT name FROM pg_settings WHERE context LIKE 'superuser%'", row -> row.getString(1)));
        return setting -> !login.superuser()
                && (setting.isCustom()
                        || superusers.contains(setting.name)
                        || (setting.role.isEmpty() && !login.owner())
                        || setting.role
                                .flatMap(roles::target)
                                .filter(role -> !roles.mayAlter(role))
                                .isPresent());
    }
}
