package dev.slipway.postgres.logins;

import dev.slipway.migration.AppLogin;
import dev.slipway.migration.AppLogins;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.access.RoleMap;
import dev.slipway.postgres.access.Settings;
import dev.slipway.postgres.session.Login;
import dev.slipway.postgres.session.PostgresFailure;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.PasswordUtil;

/**
 * Logins that are members of one role without a login, and act as that from their first statement on
 * ({@code ALTER ROLE … SET role}): it owns what any of them makes.
 */
public final class PostgresLogins implements AppLogins {
    private static final long LOCK = 0x51195a8L;
    private static final String SCRAM = "scram-sha-256";
    private static final String APP = Sql.identifier(RoleMap.APP);

    @Override
    public void make(StoreUrl store, List<AppLogin> logins) {
        try (PostgresSession session = PostgresSession.open(store)) {
            session.transaction(() -> {
                session.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
                Login master = Login.read(session);
                ensureRole(session, RoleMap.APP, "NOLOGIN");
                joinMaster(session, RoleMap.APP, master);
                takeDatabase(session);
                for (AppLogin login : logins) {
                    make(session, login, master);
                }
            });
        } catch (SQLException e) {
            throw PostgresFailure.copy("make the app's logins on " + store, e);
        }
        logins.forEach(login -> tryOut(store, login));
    }

    private static void make(PostgresSession session, AppLogin login, Login master) throws SQLException {
        String name = Sql.identifier(login.name());
        ensureRole(session, login.name(), "LOGIN");
        // What the server is sent, and may log, is no password but what proves one.
        session.execute(PasswordUtil.genAlterUserPasswordSQL(
                login.name(), login.password().toCharArray(), SCRAM));
        session.execute("GRANT " + APP + " TO " + name);
        session.execute("ALTER ROLE " + name + " SET role = " + Sql.literal(RoleMap.APP));
        for (Settings.Setting setting : settings(session)) {
            session.execute("ALTER ROLE " + name + " SET " + setting.assignment());
        }
        // A session that says SET ROLE NONE is the bare login from then on, and what it made would be lost to the other
        // one.
        joinMaster(session, login.name(), master);
        session.execute("REASSIGN OWNED BY " + name + " TO " + APP);
    }

    private static List<Settings.Setting> settings(PostgresSession session) throws SQLException {
        return session.query(
                Sql.file("logins/settings"),
                row -> new Settings.Setting(Optional.of(RoleMap.APP), row.getString("name"), row.getString("value")),
                RoleMap.APP);
    }

    private static void ensureRole(PostgresSession session, String name, String login) throws SQLException {
        boolean there = session.only(
                "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = ?)", row -> row.getBoolean(1), name);
        session.execute((there ? "ALTER" : "CREATE") + " ROLE " + Sql.identifier(name) + " " + login);
    }

    /** Whoever makes the logins ends their sessions, and gives away what they own. */
    private static void joinMaster(PostgresSession session, String role, Login master) throws SQLException {
        if (!master.superuser()) {
            session.execute("GRANT " + Sql.identifier(role) + " TO " + Sql.identifier(master.name())
                    + master.membershipOptions());
        }
    }

    private static void takeDatabase(PostgresSession session) throws SQLException {
        Optional<String> own = session.first(Sql.file("logins/database-owned"), row -> row.getString("name"));
        if (own.isPresent()) {
            session.execute("ALTER DATABASE " + own.get() + " OWNER TO " + APP);
        }
    }

    private static void tryOut(StoreUrl store, AppLogin login) {
        StoreUrl url = store.withLogin(login.name(), login.password());
        try (PostgresSession session = PostgresSession.open(url)) {
            String acting = session.only("SELECT current_user", row -> row.getString(1));
            if (!acting.equals(RoleMap.APP)) {
                throw new SQLException("it acts as " + acting + " and not as " + RoleMap.APP);
            }
        } catch (SQLException e) {
            throw PostgresFailure.copy("log in to " + url, e);
        }
    }
}
