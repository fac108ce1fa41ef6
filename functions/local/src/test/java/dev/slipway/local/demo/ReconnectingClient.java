package dev.slipway.local.demo;

import dev.slipway.migration.StoreUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens a session with the database on and on, by each login that a running task has. */
final class ReconnectingClient implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final RunningTasks tasks;
    private final StoreUrl server;
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final Thread thread;

    private ReconnectingClient(RunningTasks tasks, StoreUrl server) {
        this.tasks = tasks;
        this.server = server;
        this.thread = Thread.ofPlatform().name("reconnecting-client").daemon().unstarted(this::connectOnAndOn);
    }

    /** @param server by any login */
    static ReconnectingClient start(RunningTasks tasks, StoreUrl server) {
        ReconnectingClient client = new ReconnectingClient(tasks, server);
        client.thread.start();
        return client;
    }

    private void connectOnAndOn() {
        while (!Thread.currentThread().isInterrupted()) {
            tasks.logins().forEach(this::connect);
            try {
                Thread.sleep(BETWEEN);
            } catch (InterruptedException end) {
                return;
            }
        }
    }

    private void connect(StoreUrl login) {
        StoreUrl url =
                server.withLogin(login.user().orElseThrow(), login.password().orElseThrow());
        try (Connection connection = DemoStory.connect(url)) {
            sessions.addAndGet(connection.isValid(1) ? 1 : 0);
        } catch (SQLException e) {
            refusals.add(login.user().orElseThrow() + ": " + e.getMessage());
        }
    }

    List<String> refusals() {
        return List.copyOf(refusals);
    }

    int sessions() {
        return sessions.get();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
