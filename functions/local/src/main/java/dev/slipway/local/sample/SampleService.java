package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.migration.exception.SlipwayException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One service of the demo's app (auth or communication), as it runs on the old server and as a task on the new side. */
public final class SampleService implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final int SECONDS_TO_FINISH = 1;

    private final SampleDatabase database;
    private final SampleSessions sessions;
    private final ExecutorService executor;
    private final HttpServer server;
    private final PrintStream log;

    private SampleService(SampleSettings settings, PrintStream log) throws IOException {
        // The JDK's server otherwise waits for the other side's delayed acknowledgement, 40 ms on each kept connection.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.log = log;
        this.database = new SampleDatabase(settings.database());
        this.sessions = new SampleSessions(settings.redis());
        this.executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("request-", 0).factory());
        this.server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), BACKLOG);
        SampleRoutes routes = new SampleRoutes(settings, database, sessions, SampleMedia.in(settings));
        server.setExecutor(executor);
        server.createContext("/", exchange -> handle(routes, exchange));
    }

    /** Starts to listen; the stores are connected to when a request needs them. */
    public static SampleService start(SampleSettings settings, PrintStream log) throws IOException {
        SampleService service = new SampleService(settings, log);
        service.server.start();
        return service;
    }

    /** Runs a service until it is told to end, told by its environment who it is. */
    public static void main(String[] arguments) {
        try {
            SampleService service = start(SampleSettings.fromEnvironment(), System.err);
            Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
        } catch (SlipwayException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(SampleRoutes routes, HttpExchange exchange) throws IOException {
        long begin = System.nanoTime();
        Reply reply = reply(routes, exchange);
        reply.send(exchange);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        if (reply.status() >= 400) {
            log.println(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " " + reply.status()
                            + " " + time.toMillis() + " ms " + new String(reply.body(), StandardCharsets.UTF_8));
        }
    }

    private static Reply reply(SampleRoutes routes, HttpExchange exchange) throws IOException {
        try {
            return routes.answer(exchange);
        } catch (NumberFormatException e) {
            return Reply.json(400, Map.of("error", "not a number"));
        } catch (Exception e) {
            return Reply.json(500, Map.of("error", Causes.lineOf(e)));
        }
    }

    @Override
    public void close() {
        server.stop(SECONDS_TO_FINISH);
        executor.close();
        sessions.close();
        try {
            database.close();
        } catch (SQLException e) {
            log.println("closing the database sessions failed: " + Causes.lineOf(e));
        }
    }
}
