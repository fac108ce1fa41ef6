package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** A few sessions with the app's database; one that the server has ended is replaced without the user noticing. */
final class SampleDatabase implements AutoCloseable {
    private static final int SESSIONS = 6;
    private static final int SECONDS_TO_ANSWER = 2;

    private final StoreUrl url;
    private final String app;
    private final Semaphore permits = new Semaphore(SESSIONS);
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    /** @param app what the server calls its sessions */
    SampleDatabase(StoreUrl url, String app) {
        this.url = url;
        this.app = app;
    }

    /** Work on one session. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    boolean answers() throws SQLException, InterruptedException {
        return read(connection -> connection.isValid(SECONDS_TO_ANSWER));
    }

    /** Reads, a second time on a new session if the first was ended meanwhile. */
    <T> T read(Work<T> work) throws SQLException, InterruptedException {
        try {
            return once(work);
        } catch (SQLException e) {
            if (!Causes.isLostSession(e)) {
                throw e;
            }
            return once(work);
        }
    }

    /** Writes once only: a session lost during a write does not say whether the write was committed. */
    <T> T write(Work<T> work) throws SQLException, InterruptedException {
        return once(work);
    }

    private <T> T once(Work<T> work) throws SQLException, InterruptedException {
        permits.acquire();
        try {
            return onSession(work);
        } finally {
            permits.release();
        }
    }

    private <T> T onSession(Work<T> work) throws SQLException {
        Connection connection = living();
        boolean usable = false;
        try {
            T result = work.on(connection);
            usable = true;
            return result;
        } finally {
            if (usable) {
                idle.push(connection);
            } else {
                connection.close();
            }
        }
    }

    private Connection living() throws SQLException {
        for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (kept.isValid(SECONDS_TO_ANSWER)) {
                return kept;
            }
            kept.close();
        }
        return connect(url, app);
    }

    /** Names of tables are looked for in the schema that the URL names, as Prisma does it. */
    static Connection connect(StoreUrl url, String app) throws SQLException {
        Properties properties = new Properties();
        url.user().ifPresent(user -> properties.setProperty("user", user));
        url.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", app);
        url.parameter("schema").ifPresent(schema -> properties.setProperty("currentSchema", schema));
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.host() + ":" + url.port(5432) + "/" + url.path(), properties);
    }

    @Override
    public void close() throws SQLException {
        for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
            kept.close();
        }
    }
}
