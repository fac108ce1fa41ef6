package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the pages of a sample program, and logs the answers that are errors. */
final class SampleServer implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final int SECONDS_TO_FINISH = 1;

    private final ExecutorService executor;
    private final HttpServer server;
    private final PrintStream log;

    private SampleServer(InetSocketAddress address, Pages pages, PrintStream log) throws IOException {
        // The JDK's server otherwise waits for the other side's delayed acknowledgement, 40 ms on each kept connection.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.log = log;
        this.executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("request-", 0).factory());
        this.server = HttpServer.create(address, BACKLOG);
        server.setExecutor(executor);
        server.createContext("/", exchange -> handle(pages, exchange));
    }

    static SampleServer start(InetSocketAddress address, Pages pages, PrintStream log) throws IOException {
        SampleServer server = new SampleServer(address, pages, log);
        server.server.start();
        return server;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(Pages pages, HttpExchange exchange) throws IOException {
        long begin = System.nanoTime();
        Reply reply = reply(pages, exchange);
        reply.send(exchange);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        if (reply.status() >= 400) {
            log.println(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " " + reply.status()
                            + " " + time.toMillis() + " ms " + new String(reply.body(), StandardCharsets.UTF_8));
        }
    }

    private static Reply reply(Pages pages, HttpExchange exchange) throws IOException {
        try {
            return pages.answer(exchange);
        } catch (NumberFormatException e) {
            return Reply.error(400, "not a number");
        } catch (Exception e) {
            return Reply.error(500, Causes.lineOf(e));
        }
    }

    @Override
    public void close() {
        server.stop(SECONDS_TO_FINISH);
        executor.close();
    }
}
