package dev.slipway.servers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A real registry of container images of this machine, Distribution 2.8 over a folder; it ends with this process. */
public final class RegistryServer implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.1";
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final int port;
    private final ServerProcess process;

    private RegistryServer(int port, ServerProcess process) {
        this.port = port;
        this.process = process;
    }

    /**
     * The executable, or empty where this machine cannot have it.
     *
     * @throws IOException if it cannot, and the environment says {@code SLIPWAY_REQUIRE_SERVERS=1}
     */
    public static Optional<Path> program(Path checkout) throws IOException {
        String said = Command.run(
                List.of(checkout.resolve("functions/servers/fetch-registry").toString()), "");
        return said.lines().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /**
     * Starts a registry and returns when it answers.
     *
     * @param folder its own
     * @param logins who may come in, a line of {@code htpasswd} (bcrypt) each; empty: everybody
     * @throws IOException if it does not answer
     */
    public static RegistryServer start(Path program, Path folder, String logins) throws IOException {
        Files.createDirectories(folder);
        int port = freePort();
        Path passwords = Files.writeString(folder.resolve("htpasswd"), logins);
        Path settings = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
                http: {addr: "%s:%d"}
                %s
                """.formatted(
                        folder.resolve("images"),
                        ADDRESS,
                        port,
                        logins.isEmpty() ? "" : "auth: {htpasswd: {realm: test, path: " + passwords + "}}"));
        ServerProcess process = ServerProcess.start(
                List.of(program.toString(), "serve", settings.toString()),
                Map.of(),
                folder,
                folder.resolve("registry.log"),
                folder.resolve("pids"));
        RegistryServer server = new RegistryServer(port, process);
        server.awaitAnswer();
        return server;
    }

    /** Its host and port, as an image's name begins. */
    public String host() {
        return ADDRESS + ":" + port;
    }

    @Override
    public void close() {
        process.stop(STOP);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.kill();
                throw new IOException("the registry does not answer on " + host());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection root = (HttpURLConnection)
                    URI.create("http://" + host() + "/v2/").toURL().openConnection();
            root.setConnectTimeout(1_000);
            root.setReadTimeout(1_000);
            return root.getResponseCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
