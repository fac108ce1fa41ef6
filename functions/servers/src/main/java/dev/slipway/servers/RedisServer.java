package dev.slipway.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A real redis-server of this machine, on a loopback address; it ends with this process. */
public final class RedisServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(10);
    static final int ATTEMPTS = 5;
    private static final String CONFIGURATION = "redis.conf";

    private final Place place;
    private final int port;
    private final ServerProcess process;

    private RedisServer(Place place, int port, ServerProcess process) {
        this.place = place;
        this.port = port;
        this.process = process;
    }

    /**
     * Where a server runs.
     *
     * @param cache where the package's executable is extracted once; may be shared by all servers of all processes
     * @param data the server's own folder: its configuration, its log and its dump; what is in it is loaded
     * @param pids where a file named by the server's pid lies while it runs
     * @param address a loopback address such as {@code 127.3.0.1}
     * @param port 0 for a free one
     * @param configuration lines of redis.conf, e.g. {@code requirepass secret} or {@code save ""}
     * @param program the executable where it is not the package's, of {@link RedisReleases}
     * @param identity with which the server speaks TLS, and nothing else
     * @param environment what the server gets beside this process's own
     */
    public record Place(
            Path cache,
            Path data,
            Path pids,
            String address,
            int port,
            List<String> configuration,
            Optional<Path> program,
            Optional<TlsIdentity> identity,
            Map<String, String> environment) {
        public Place {
            cache = cache.toAbsolutePath();
            data = data.toAbsolutePath();
            pids = pids.toAbsolutePath();
            configuration = List.copyOf(configuration);
            environment = Map.copyOf(environment);
        }

        public Place(Path cache, Path data, Path pids, String address, int port, List<String> configuration) {
            this(cache, data, pids, address, port, configuration, Optional.empty(), Optional.empty(), Map.of());
        }

        public Place program(Path program) {
            return new Place(
                    cache, data, pids, address, port, configuration, Optional.of(program), identity, environment);
        }

        public Place identity(TlsIdentity identity) {
            return new Place(
                    cache, data, pids, address, port, configuration, program, Optional.of(identity), environment);
        }

        /** As of a {@link MovableClock}. */
        public Place environment(Map<String, String> environment) {
            return new Place(cache, data, pids, address, port, configuration, program, identity, environment);
        }

        Place at(int other) {
            return new Place(cache, data, pids, address, other, configuration, program, identity, environment);
        }
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @throws IOException if it does not answer; the message ends with the last lines of its log
     */
    public static RedisServer start(Place place) throws IOException {
        Files.createDirectories(place.data());
        Path binary = place.program().isPresent() ? place.program().get() : RedisBinary.in(place.cache());
        IOException failure = new IOException("no attempt was made");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return startOnce(place, binary);
            } catch (IOException e) {
                // Another process may take a free port between our choice and the server's bind.
                failure = e;
                if (place.port() != 0) {
                    break;
                }
            }
        }
        throw failure;
    }

    public String address() {
        return place.address();
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends this server and starts another on the same data and port, with the configuration of the first start. */
    public RedisServer restart() throws IOException {
        stop();
        return start(place.at(port));
    }

    /** The same after a crash: with the data, and the configuration as it was rewritten since ({@code CONFIG REWRITE}). */
    public RedisServer startAgain() throws IOException {
        kill();
        Path binary = place.program().isPresent() ? place.program().get() : RedisBinary.in(place.cache());
        return startOn(place, binary, port, place.data().resolve(CONFIGURATION));
    }

    /** Asks the server to end, which saves its dump where the configuration says so, and returns when it is gone. */
    public void stop() {
        process.stop(STOP);
    }

    /** Ends the server at once, as a crash would. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }

    private static RedisServer startOnce(Place place, Path binary) throws IOException {
        int port = place.port() == 0 ? freePort(place.address()) : place.port();
        return startOn(place, binary, port, configure(place, port));
    }

    private static RedisServer startOn(Place place, Path binary, int port, Path configuration) throws IOException {
        Path log = place.data().resolve("redis.log");
        List<String> command = List.of(binary.toString(), configuration.toString());
        ServerProcess process = ServerProcess.start(command, place.environment(), place.data(), log, place.pids());
        try {
            awaitAnswer(process, place, port, log);
            return new RedisServer(place, port, process);
        } catch (IOException e) {
            process.kill();
            throw e;
        }
    }

    /** In a file of our own eyes only, because a command line is seen by everybody and may hold a password. */
    private static Path configure(Place place, int port) throws IOException {
        Path file = place.data().resolve(CONFIGURATION);
        List<String> lines = new ArrayList<>(List.of(
                "bind " + place.address(),
                place.identity().isPresent() ? "port 0" : "port " + port,
                "dir \"" + place.data() + "\"",
                "daemonize no",
                "protected-mode no"));
        place.identity().ifPresent(identity -> lines.addAll(identity.configuration(port)));
        lines.addAll(place.configuration());
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.write(file, lines, StandardOpenOption.TRUNCATE_EXISTING);
    }

    static int freePort(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        }
    }

    private static void awaitAnswer(ServerProcess process, Place place, int port, Path log) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers(place, port)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(
                        "redis-server does not answer on " + place.address() + ":" + port + ": " + tail(log));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Whether the server takes commands: {@code -LOADING} does not count, {@code -NOAUTH} does. */
    private static boolean answers(Place place, int port) {
        try (Socket socket =
                place.identity().isPresent() ? place.identity().get().socket() : new Socket()) {
            socket.connect(new InetSocketAddress(place.address(), port), 1_000);
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readNBytes(5), StandardCharsets.US_ASCII);
            return answer.equals("+PONG") || answer.equals("-NOAU");
        } catch (IOException e) {
            return false;
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log, StandardCharsets.ISO_8859_1) : List.of();
        return String.join("; ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
