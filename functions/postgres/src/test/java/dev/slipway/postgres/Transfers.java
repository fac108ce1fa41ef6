package dev.slipway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Transfers between accounts, one after the other, wherever the writer is. */
final class Transfers implements AutoCloseable {
    private final AtomicLong acknowledged = new AtomicLong();

    /** Those that were cut off while they committed. */
    private final AtomicLong unknown = new AtomicLong();

    private final AtomicBoolean over = new AtomicBoolean();
    private final Writer writer;
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);

    private Transfers(Writer writer) {
        this.writer = writer;
    }

    static Transfers start(Writer writer) {
        Transfers transfers = new Transfers(writer);
        transfers.thread.start();
        return transfers;
    }

    private void run() {
        for (int i = 0; !over.get(); i++) {
            transfer(1 + i % 100, 1 + (i * 7 + 3) % 100);
        }
    }

    private void transfer(int giver, int taker) {
        try (Connection connection = Databases.connect(writer.url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE account SET balance = balance - 5 WHERE id = " + giver);
            statement.execute("UPDATE account SET balance = balance + 5 WHERE id = " + taker);
            statement.execute("INSERT INTO ledger (giver, taker, amount) VALUES (" + giver + ", " + taker + ", 5)");
            commit(connection);
        } catch (SQLException e) {
            // Refused by a fence, or ended by it: not acknowledged.
            return;
        }
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
            acknowledged.incrementAndGet();
        } catch (SQLException e) {
            unknown.incrementAndGet();
            throw e;
        }
    }

    void awaitMore(int transfers) throws InterruptedException {
        long until = acknowledged.get() + transfers;
        for (int i = 0; acknowledged.get() < until; i++) {
            assertThat(i).as("transfers go on").isLessThan(6_000);
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        over.set(true);
        while (thread.isAlive()) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long unknown() {
        return unknown.get();
    }

    /** Where the app writes. */
    static final class Writer {
        private volatile StoreUrl url;

        Writer(StoreUrl url) {
            this.url = url;
        }

        void movesTo(StoreUrl other) {
            url = other;
        }
    }
}
