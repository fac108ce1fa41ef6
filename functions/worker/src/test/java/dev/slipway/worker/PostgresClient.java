package dev.slipway.worker;

import dev.slipway.servers.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Transfers between accounts, each noted under the next number of a ledger without gaps. It insists that it may write. */
final class PostgresClient extends WritingClient {
    static final String DATABASE = "shop";
    static final int ACCOUNTS = 50;
    static final long SUM = ACCOUNTS * 1_000L;
    static final List<String> SCHEMA = List.of(
            "CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL)",
            "INSERT INTO account SELECT g, 1000 FROM generate_series(1, " + ACCOUNTS + ") g",
            "CREATE TABLE head (id int PRIMARY KEY, last bigint NOT NULL)",
            "INSERT INTO head VALUES (1, 0)",
            "CREATE TABLE ledger (number bigint PRIMARY KEY, entry text NOT NULL, serial bigserial UNIQUE)");

    private final IntFunction<PostgresServer> servers;
    private @Nullable Connection connection;

    PostgresClient(String name, Writes writes, boolean triesBoth, Duration pace, IntFunction<PostgresServer> servers) {
        super(name, writes, triesBoth, pace);
        this.servers = servers;
    }

    @Override
    Answer write(int side, String write) {
        try {
            Connection open = connection;
            if (open == null) {
                open = connect(servers.apply(side));
                connection = open;
            }
            transfer(open, write);
            try {
                open.commit();
                return Answer.ACKNOWLEDGED;
            } catch (SQLException e) {
                return Answer.NONE;
            }
        } catch (SQLException e) {
            return Answer.REFUSED;
        }
    }

    static Connection connect(PostgresServer server) throws SQLException {
        Connection open = CommandRun.connect(
                server, DATABASE, "connectTimeout=2&loginTimeout=5&socketTimeout=" + PATIENCE.toSeconds());
        try (Statement statement = open.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
        }
        open.setAutoCommit(false);
        return open;
    }

    private static void transfer(Connection open, String write) throws SQLException {
        int giver = ThreadLocalRandom.current().nextInt(ACCOUNTS) + 1;
        int taker = giver % ACCOUNTS + 1;
        try (Statement statement = open.createStatement()) {
            long number;
            try (ResultSet head = statement.executeQuery("SELECT last + 1 FROM head WHERE id = 1 FOR UPDATE")) {
                head.next();
                number = head.getLong(1);
            }
            statement.execute("UPDATE account SET balance = balance - 5 WHERE id = " + giver);
            statement.execute("UPDATE account SET balance = balance + 5 WHERE id = " + taker);
            statement.execute("INSERT INTO ledger (number, entry) VALUES (" + number + ", '" + write + "')");
            statement.execute("UPDATE head SET last = " + number + " WHERE id = 1");
        }
    }

    @Override
    void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // Its server has gone.
                return;
            }
        }
    }
}
