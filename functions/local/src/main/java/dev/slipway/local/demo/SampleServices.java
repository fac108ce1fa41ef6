package dev.slipway.local.demo;

import dev.slipway.local.Checkout;
import dev.slipway.local.ClassCache;
import dev.slipway.local.LocalEnvironments;
import dev.slipway.local.RunFolder;
import dev.slipway.local.sample.SampleService;
import dev.slipway.local.sample.SampleSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The app's two services: on the old server in this process, on the new side as ECS tasks. */
final class SampleServices implements AutoCloseable {
    private static final List<String> SERVICES = List.of("auth", "communication");

    private final Map<String, SampleService> running;
    private final PrintStream log;

    private SampleServices(Map<String, SampleService> running, PrintStream log) {
        this.running = running;
        this.log = log;
    }

    /** Starts both on the old server, over the source's stores. */
    static SampleServices startOld(RunFolder run, DemoSource source) throws IOException {
        PrintStream log = new PrintStream(
                Files.newOutputStream(run.logs().resolve("old-services.log")), true, StandardCharsets.UTF_8);
        Map<String, SampleService> running = new TreeMap<>();
        for (String service : SERVICES) {
            Map<String, String> environment = Map.of(
                    "SERVICE", service,
                    "HOST", "127.0.0.1",
                    "PORT", Integer.toString(freePort()),
                    "DATABASE_URL", source.postgresUrl().reveal(),
                    "REDIS_URL", source.redisUrl().reveal(),
                    "MEDIA_DIR", source.media().toString());
            running.put(service, SampleService.start(SampleSettings.from(environment), log));
        }
        return new SampleServices(running, log);
    }

    /** Where a path prefix is answered on the old server. */
    Map<String, InetSocketAddress> addresses() {
        Map<String, InetSocketAddress> addresses = new TreeMap<>();
        running.forEach((service, server) -> addresses.put("/" + service + "/", server.address()));
        return addresses;
    }

    /** What the account runs for the services' images and the worker's; the worker finds its tools by variables. */
    static Map<String, Object> images(Checkout checkout, String flags, Map<String, String> tools) {
        ClassCache cache = ClassCache.of(checkout);
        Map<String, Object> images = new TreeMap<>();
        for (String service : SERVICES) {
            images.put(
                    "crp/" + service + "-service:1.4.0",
                    Map.of(
                            "argv",
                            cache.command(List.of("-Xmx96m", flags), "dev.slipway.local.sample.SampleService"),
                            "environment",
                            Map.of("SERVICE", service, "SAMPLE_FAULTS", "on", "LC_ALL", "C.UTF-8")));
        }
        images.put(
                "slipway-worker:local",
                Map.of(
                        "argv",
                        cache.command(List.of("-Xmx1g", flags), "dev.slipway.worker.SlipwayCommand"),
                        "environment",
                        tools));
        return images;
    }

    /** Where the worker finds its tools, and how it reads names of files. */
    static Map<String, String> tools(LocalEnvironments environments) {
        Path pgDump = environments.postgres().bin("pg_dump");
        return Map.of("SLIPWAY_PG_TOOLS", pgDump.resolveSibling("").toString(), "LC_ALL", "C.UTF-8");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        running.values().forEach(SampleService::close);
        log.close();
    }
}
