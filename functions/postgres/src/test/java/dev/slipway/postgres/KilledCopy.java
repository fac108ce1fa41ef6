package dev.slipway.postgres;

import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.PostgresTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What somebody who is not the product sees of a copy, and can do to it, on one server. */
final class KilledCopy {
    private final StoreUrl admin;

    /** @param admin the database, logged in as superuser */
    KilledCopy(StoreUrl admin) {
        this.admin = admin;
    }

    /** How far a copy is. */
    enum Phase {
        SCHEMA("SELECT count(*) FROM slipway.copy"),
        ROWS("SELECT count(*) FROM slipway.copied WHERE step = 'table' OR step LIKE 'blocks %'"),
        INDEXES("SELECT count(*) FROM slipway.copied WHERE step = 'index'"),
        FINISH("""
                SELECT count(*) FROM pg_stat_activity
                 WHERE datname = current_database() AND application_name = 'slipway' AND state <> 'idle'
                   AND query ~ 'lo_create|lo_put|lo_from_bytea|ADD CONSTRAINT .* FOREIGN KEY|CREATE TRIGGER|setval|REFRESH'
                """),
        AFTER("SELECT count(*) FROM slipway.copied WHERE step = 'finish'");

        private final String reached;

        Phase(String reached) {
            this.reached = reached;
        }
    }

    /** Whether the copy got that far before its process ended. */
    boolean awaits(Phase phase, long steps, Process copy) throws SQLException, InterruptedException {
        try (Connection connection = Databases.connect(admin);
                Statement statement = connection.createStatement()) {
            while (!reached(statement, phase, steps)) {
                if (!copy.isAlive()) {
                    return false;
                }
                Thread.sleep(2);
            }
            return true;
        }
    }

    private static boolean reached(Statement statement, Phase phase, long steps) {
        try (ResultSet result = statement.executeQuery(phase.reached)) {
            result.next();
            return result.getLong(1) >= steps;
        } catch (SQLException e) {
            // There is no ledger yet, or no longer.
            return false;
        }
    }

    void terminateSession(Random random) {
        Databases.run(admin, "SELECT pg_terminate_backend(" + anySession(random) + ")");
    }

    /** The server takes that for a crash, ends all its sessions, and recovers. */
    void killBackend(Random random) {
        ProcessHandle.of(anySession(random)).ifPresent(ProcessHandle::destroyForcibly);
    }

    private long anySession(Random random) {
        List<Long> all = sessions();
        return all.get(random.nextInt(all.size()));
    }

    List<Long> sessions() {
        List<Long> pids = new ArrayList<>();
        try (Connection connection = Databases.connect(admin);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT pid FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name = 'slipway' ORDER BY pid")) {
            while (result.next()) {
                pids.add(result.getLong(1));
            }
            return pids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether no session of a copy is left after that time. */
    boolean endsWithin(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (!sessions().isEmpty() && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        return sessions().isEmpty();
    }

    /** How many sessions of a copy wait for somebody's lock. */
    int waitingForLocks() {
        return Integer.parseInt(
                Databases.ask(
                        admin,
                        "SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND application_name = 'slipway' AND wait_event_type = 'Lock'"));
    }

    /** Returns when the server takes connections again. */
    void awaitServer() throws InterruptedException {
        while (true) {
            try (Connection connection = Databases.connect(admin)) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                Thread.sleep(20);
            }
        }
    }

    /** The transactions that have committed parts of the copy, as a list for IN, and how many rows they brought. */
    Committed committed() throws SQLException {
        try (Connection connection = Databases.connect(admin);
                Statement statement = connection.createStatement()) {
            ResultSet there = statement.executeQuery("SELECT to_regclass('slipway.copied') IS NOT NULL");
            there.next();
            if (!there.getBoolean(1)) {
                return new Committed("'none'", 0);
            }
            ResultSet result =
                    statement.executeQuery("SELECT coalesce(string_agg(quote_literal(xmin::text), ','), '''none'''),"
                            + " coalesce(sum(rows), 0)::bigint FROM slipway.copied");
            result.next();
            return new Committed(result.getString(1), result.getLong(2));
        }
    }

    /**
     * What a copy had brought when it was killed.
     *
     * @param transactions their numbers, as a list for IN
     */
    record Committed(String transactions, long rows) {}

    /** How many rows of those transactions are there still. */
    long kept(Committed committed) throws SQLException {
        long kept = 0;
        try (PostgresSession session = PostgresSession.open(admin)) {
            for (PostgresTable table : PostgresTable.all(session)) {
                if (table.kind() == PostgresTable.Kind.TABLE) {
                    kept += session.only(
                            "SELECT count(*) FROM ONLY " + table.qualified() + " WHERE xmin::text IN ("
                                    + committed.transactions + ")",
                            row -> row.getLong(1));
                }
            }
        }
        return kept;
    }
}
