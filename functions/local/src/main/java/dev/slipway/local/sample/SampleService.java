package dev.slipway.local.sample;

import dev.slipway.migration.exception.SlipwayException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.sql.SQLException;

/** One service of the preschool (auth or communication), as it runs on the old server and as a task on the new side. */
public final class SampleService implements SampleProgram {
    private final SampleDatabase database;
    private final RedisLink redis;
    private final SampleServer server;
    private final PrintStream log;

    private SampleService(SampleSettings settings, PrintStream log) throws IOException {
        this.log = log;
        this.database = new SampleDatabase(settings.database(), "crp-preschool");
        this.redis = new RedisLink(settings.redis());
        SampleRoutes routes = new SampleRoutes(settings, database, redis, SampleMedia.in(settings));
        this.server = SampleServer.start(new InetSocketAddress(settings.host(), settings.port()), routes::answer, log);
    }

    /** Starts to listen; the stores are connected to when a request needs them. */
    public static SampleService start(SampleSettings settings, PrintStream log) throws IOException {
        return new SampleService(settings, log);
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

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
        redis.close();
        try {
            database.close();
        } catch (SQLException e) {
            log.println("closing the database sessions failed: " + Causes.lineOf(e));
        }
    }
}
