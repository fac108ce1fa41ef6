package dev.slipway.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Postgres on this machine, from a registry package. It ends with {@link #close()}, and when this process dies. */
public final class PostgresServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TRIES_FOR_A_PORT = 5;

    // Its standard input is a pipe from this process: the kernel closes it however this process dies, and the server
    // follows.
    private static final String WATCHDOG = """
            log=$1; shift
            "$@" </dev/null >>"$log" 2>&1 &
            pid=$!
            exec 3<&0
            (read -r _ <&3; kill -INT $pid) >/dev/null 2>&1 &
            owner=$!
            trap 'kill -INT $pid' INT TERM HUP
            echo $pid
            while kill -0 $pid 2>/dev/null; do wait $pid; done
            kill $owner
            """;

    private final PostgresLaunch launch;
    private final int port;
    private final Process watchdog;
    private final ProcessHandle postmaster;

    private PostgresServer(PostgresLaunch launch, int port, Process watchdog, ProcessHandle postmaster) {
        this.launch = launch;
        this.port = port;
        this.watchdog = watchdog;
        this.postmaster = postmaster;
    }

    static PostgresServer start(PostgresLaunch launch) throws IOException {
        Path binaries = PostgresBinaries.unpack(launch.binaries()).toAbsolutePath();
        Unprivileged unprivileged = Unprivileged.choose();
        PostgresData.make(launch, binaries, unprivileged);
        PostgresData.complete(launch, unprivileged);
        IOException last = new IOException("no port was tried");
        // A free port may be taken between asking for it and listening on it.
        for (int tries = launch.port() == 0 ? TRIES_FOR_A_PORT : 1; tries > 0; tries--) {
            int port = launch.port() == 0 ? freePort(launch.address()) : launch.port();
            try {
                return start(launch, port, binaries, unprivileged);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static PostgresServer start(PostgresLaunch launch, int port, Path binaries, Unprivileged unprivileged)
            throws IOException {
        Path data = PostgresData.in(launch.folder());
        Path log = launch.folder().toAbsolutePath().resolve("postgres.log");
        // A session of its own: Ctrl-C on the terminal must not stop the server before its owner is done with it.
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", WATCHDOG, "postgres", log.toString()));
        command.addAll(unprivileged.command(
                binaries.resolve("bin/postgres").toString(), "-D", data.toString(), "-h", launch.address()));
        command.addAll(List.of("-p", Integer.toString(port), "-c", "unix_socket_directories="));
        launch.settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        long begin = Files.exists(log) ? Files.size(log) : 0;
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(launch.environment());
        Process watchdog = builder.start();
        PostgresServer server = new PostgresServer(launch, port, watchdog, postmaster(watchdog));
        server.awaitReady(data, log, begin);
        server.notePid();
        return server;
    }

    /** Where the server is, for a StoreUrl: {@code postgres://user:password@address:port/database}. */
    public String url(String database) {
        return url(launch.user(), launch.password(), database);
    }

    /** The same for another role. */
    public String url(String user, String password, String database) {
        return "postgres://" + encode(user) + ":" + encode(password) + "@" + launch.address() + ":" + port + "/"
                + encode(database);
    }

    public String address() {
        return launch.address();
    }

    public int port() {
        return port;
    }

    public long pid() {
        return postmaster.pid();
    }

    /** The server's own log file. */
    public Path log() {
        return launch.folder().resolve("postgres.log");
    }

    public boolean isRunning() {
        return watchdog.isAlive();
    }

    /** A fast shutdown: sessions are ended, data is kept, and {@link PostgresLaunch#start()} starts it again. */
    public void stop() {
        try {
            watchdog.getOutputStream().close();
            if (!watchdog.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
            forgetPid();
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL for it and all its processes, as if the machine had been switched off. */
    public void kill() {
        List<ProcessHandle> processes = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        processes.forEach(ProcessHandle::destroyForcibly);
        watchdog.onExit().join();
        processes.forEach(process -> process.onExit().join());
        forgetPid();
    }

    @Override
    public void close() {
        stop();
    }

    private static ProcessHandle postmaster(Process watchdog) throws IOException {
        String pid = new BufferedReader(new InputStreamReader(watchdog.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (pid == null) {
            throw new IOException("Tried to start Postgres but its watchdog ended: setsid and sh must be on the PATH");
        }
        return ProcessHandle.of(Long.parseLong(pid))
                .orElseThrow(() -> new IOException("Tried to start Postgres but it ended at once: see its log"));
    }

    private void awaitReady(Path data, Path log, long begin) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!PostgresData.isReady(data)) {
                if (!watchdog.isAlive() || System.nanoTime() > until) {
                    kill();
                    throw new IOException("Tried to start Postgres on " + launch.address() + ":" + port + " but "
                            + PostgresData.complaint(log, begin) + ": see " + log);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while Postgres started");
        }
    }

    private void notePid() throws IOException {
        if (launch.pids().isPresent()) {
            Path pids = Files.createDirectories(launch.pids().get());
            Files.writeString(pids.resolve(Long.toString(pid())), "postgres " + launch.folder() + "\n");
        }
    }

    private void forgetPid() {
        launch.pids().ifPresent(pids -> {
            try {
                Files.deleteIfExists(pids.resolve(Long.toString(pid())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static int freePort(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
