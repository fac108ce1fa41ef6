package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.SlipwayException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.Optional;

/** One of SmartBoard's nine services, as it runs on the old server and as a task on the new side. */
public final class BoardService implements SampleProgram {
    private static final String HEALTH = "/health/ready";

    private final BoardStores stores;
    private final Optional<DatasetWorker> worker;
    private final Faults faults;
    private final Pages pages;
    private final SampleServer server;
    private final PrintStream log;

    private BoardService(BoardSettings settings, PrintStream log) throws IOException {
        this.log = log;
        this.stores = new BoardStores(settings);
        this.faults = new Faults(settings.mayFail(), 0);
        this.pages = pages(settings, stores);
        this.server = SampleServer.start(new InetSocketAddress(settings.host(), settings.port()), this::answer, log);
        this.worker = settings.concurrency() == 0
                ? Optional.empty()
                : Optional.of(DatasetWorker.start(stores, settings.concurrency(), log));
    }

    /** Starts to listen; the stores are connected to when a request needs them. */
    public static BoardService start(BoardSettings settings, PrintStream log) throws IOException {
        return new BoardService(settings, log);
    }

    /** Runs a service until it is told to end, told by its environment who it is. */
    public static void main(String[] arguments) {
        try {
            BoardService service = start(BoardSettings.fromEnvironment(), System.err);
            Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
        } catch (SlipwayException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static Pages pages(BoardSettings settings, BoardStores stores) {
        return switch (settings.service()) {
            case "web" -> new WebPages(stores, new Forward(settings.services()));
            case "gateway" -> new GatewayPages(stores, new Forward(settings.services()));
            case "svc-auth" -> new AuthPages(stores);
            case "svc-tenants" -> new TenantPages(stores);
            case "svc-datasets" -> new DatasetPages(stores);
            case "svc-analytics" -> new AnalyticsPages(stores);
            case "svc-dashboards" -> new DashboardPages(stores);
            case "svc-realtime" -> new RealtimePages(stores);
            case "worker" -> exchange -> Reply.error(404, "a worker has no pages");
            default ->
                throw new InvalidInput(
                        "start " + settings.service(), "SmartBoard has no such service", "name one of its nine");
        };
    }

    private Reply answer(HttpExchange exchange) throws Exception {
        String path = exchange.getRequestURI().getRawPath();
        if (path.equals(HEALTH)) {
            return stores.health().reply();
        }
        if (Faults.isWish(exchange, path)) {
            return faults.grant(exchange);
        }
        return faults.strikes() ? Faults.struck() : page(exchange);
    }

    private Reply page(HttpExchange exchange) throws Exception {
        try {
            return pages.answer(exchange);
        } catch (Exception e) {
            if (Causes.isReadOnly(e)) {
                return Reply.readOnly();
            }
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        worker.ifPresent(DatasetWorker::close);
        server.close();
        try {
            stores.close();
        } catch (SQLException e) {
            log.println("closing the database sessions failed: " + Causes.lineOf(e));
        }
    }
}
