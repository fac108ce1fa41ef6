package dev.slipway.postgres.session;

import dev.slipway.migration.StoreUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;

/** One connection, with settings that make every value's text the same on every server. */
public final class PostgresSession implements AutoCloseable {
    /** By this a fence tells our sessions from the app's. */
    public static final String APPLICATION = "slipway";

    public static final int DEFAULT_PORT = 5432;

    /** By which a value's text is the same on every server. */
    private static final List<String> TEXTS = List.of(
            "SET search_path = pg_catalog",
            "SET TimeZone = 'UTC'",
            "SET DateStyle = 'ISO, YMD'",
            "SET IntervalStyle = 'postgres'",
            "SET extra_float_digits = 3",
            "SET bytea_output = 'hex'",
            "SET lc_monetary = 'C'",
            "SET xmloption = 'content'");

    // row_security off: a policy that would hide rows is an error, not a table that looks empty.
    private static final String SETTINGS = """
            SET default_transaction_read_only = off;
            SET statement_timeout = 0;
            SET lock_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            SET row_security = off;
            SET synchronize_seqscans = off;
            SET jit = off;
            """ + String.join(";\n", TEXTS);

    private final StoreUrl url;
    private final Connection connection;
    private final Wire wire;

    private PostgresSession(StoreUrl url, Connection connection, Wire wire) {
        this.url = url;
        this.connection = connection;
        this.wire = wire;
    }

    /** @throws dev.slipway.migration.exception.StoreUnreachable if the server does not answer or refuses the login */
    public static PostgresSession open(StoreUrl url) {
        return open(url, PreferQueryMode.EXTENDED);
    }

    /** A session that sends a whole script as it is, so that the server splits it and not the driver. */
    public static PostgresSession openForScripts(StoreUrl url) {
        return open(url, PreferQueryMode.SIMPLE);
    }

    private static PostgresSession open(StoreUrl url, PreferQueryMode mode) {
        Properties login = login(url, mode);
        Wire wire = Wire.opening(url.toString());
        wire.intoSettings(login);
        try {
            PostgresSession session = new PostgresSession(url, DriverManager.getConnection(address(url), login), wire);
            session.execute(SETTINGS + ";" + Sql.file("session/liveness"));
            return session;
        } catch (SQLException e) {
            throw PostgresFailure.unreachable("connect to " + url, e);
        } finally {
            wire.ready();
        }
    }

    /** A connection that understands the commands of replication beside plain queries. */
    public static Connection openForReplication(StoreUrl url) {
        Properties login = login(url, PreferQueryMode.SIMPLE);
        login.setProperty("replication", "database");
        login.setProperty("assumeMinServerVersion", "10");
        try {
            return DriverManager.getConnection(address(url), login);
        } catch (SQLException e) {
            throw PostgresFailure.unreachable("connect to " + url + " for replication", e);
        }
    }

    /** For a connection of another kind, which is to tell the same texts. */
    public static List<String> texts() {
        return TEXTS;
    }

    private static String address(StoreUrl url) {
        return "jdbc:postgresql://" + url.uri().getHost() + ":" + url.port(DEFAULT_PORT)
                + url.uri().getRawPath();
    }

    private static Properties login(StoreUrl url, PreferQueryMode mode) {
        Properties login = new Properties();
        url.user().ifPresent(user -> login.setProperty("user", user));
        url.password().ifPresent(password -> login.setProperty("password", password));
        url.parameter("sslmode").ifPresent(sslmode -> login.setProperty("sslmode", sslmode));
        url.parameter("sslrootcert").ifPresent(file -> login.setProperty("sslrootcert", file));
        login.setProperty("ApplicationName", APPLICATION);
        login.setProperty("connectTimeout", "10");
        login.setProperty("loginTimeout", "20");
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("preferQueryMode", mode.value());
        return login;
    }

    /** What it was opened for. */
    public StoreUrl url() {
        return url;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Work whose effects appear together or not at all. */
    @FunctionalInterface
    public interface Work {
        void run() throws SQLException;
    }

    public <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row.read(result));
                }
            }
            return rows;
        }
    }

    public <T> T only(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        return first(sql, row, parameters).orElseThrow(() -> new SQLException("no row came back from: " + sql));
    }

    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        return query(sql, row, parameters).stream().findFirst();
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** Sends them together, and not one by one over a long way. */
    public void executeAll(List<String> statements) throws SQLException {
        if (!statements.isEmpty()) {
            execute(String.join(";\n", statements));
        }
    }

    public void update(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    public void transaction(Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            // Turning autocommit on again would commit.
            rollback(e);
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    private void rollback(Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** From here to its end the session sees the database as it is now. */
    public void holdSnapshot() throws SQLException {
        execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        execute("SELECT 1");
    }

    public String exportSnapshot() throws SQLException {
        holdSnapshot();
        return shareSnapshot();
    }

    /** Lets other sessions see what this one sees, for as long as its transaction lasts. */
    public String shareSnapshot() throws SQLException {
        return only("SELECT pg_export_snapshot()", row -> row.getString(1));
    }

    public void importSnapshot(String snapshot) throws SQLException {
        execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        execute("SET TRANSACTION SNAPSHOT " + Sql.literal(snapshot));
    }

    /** For COPY, between the driver's statements; within a transaction it is one of them. */
    public Wire wire() throws SQLException {
        if (!connection.getAutoCommit()
                && connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE) {
            // The driver begins a transaction with its first statement only.
            execute("SELECT");
        }
        return wire;
    }

    public int majorVersion() throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    /** Ends whatever the session does, from any thread. */
    public void abort() {
        abort(connection);
    }

    /** The same of a connection of another kind. */
    public static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException("the driver cannot abort a connection", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            abort();
        }
    }
}
