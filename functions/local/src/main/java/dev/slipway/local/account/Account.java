package dev.slipway.local.account;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An emulated AWS account in a process of its own, on a free port of this machine's loopback. */
public final class Account implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(3);
    private static final int TRIES_FOR_A_PORT = 3;
    // A session of its own: Ctrl-C on the terminal must not end the account before the rollback has used it.
    private static final String IN_OWN_SESSION = "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])";

    private final URI endpoint;
    private final Path run;
    private final Process process;

    private Account(URI endpoint, Path run, Process process) {
        this.endpoint = endpoint;
        this.run = run;
        this.process = process;
    }

    /**
     * Starts an account and returns when it answers.
     *
     * @throws AccountFailed if it does not come up within 3 minutes
     */
    public static Account start(AccountSettings settings) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return start(settings, freePort());
            } catch (PortTaken e) {
                // A free port may be taken between asking for it and listening on it.
                if (tries == TRIES_FOR_A_PORT) {
                    throw e;
                }
            }
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Variables for processes that are to see this account: SDKs, the AWS CLI and SAM read them. */
    public Map<String, String> environment() {
        return AccountEnvironment.ofClients(endpoint, run);
    }

    /** What the account and the emulator in it said. */
    public Path log() {
        return logIn(run);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Ends the account and all functions and tasks in it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Pids.in(run).killChildrenOfAccount();
        Pids.in(run).forget(process.pid());
    }

    private static Account start(AccountSettings settings, int port) throws IOException {
        Path run = settings.run();
        Map<String, String> env = AccountEnvironment.ofAccount(settings, port);
        String python = settings.python().bin("python").toString();
        Path log = logIn(run);
        long begin = Files.exists(log) ? Files.size(log) : 0;
        Process process = Tool.builder(
                        List.of(python, "-I", "-S", "-c", IN_OWN_SESSION, python, "-m", "localstack.runtime.main"), env)
                .directory(run.toFile())
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        Pids.in(run).record(process.pid());
        Account account = new Account(URI.create("http://127.0.0.1:" + port), run, process);
        try {
            account.awaitHealth(begin);
            return account;
        } catch (IOException | RuntimeException e) {
            account.close();
            throw e;
        }
    }

    private void awaitHealth(long begin) throws IOException {
        long until = System.nanoTime() + START.toNanos();
        Gateway gateway = new Gateway(endpoint);
        try {
            while (!gateway.isUp()) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    throw failed(begin);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the account started");
        }
    }

    private IOException failed(long begin) throws IOException {
        Optional<String> complaint = Tool.lastLine(log(), begin, line -> line.contains("Error"));
        if (complaint.orElse("").contains("ddress already in use")) {
            return new PortTaken(complaint.get());
        }
        String reason = process.isAlive() ? "it did not answer within " + START.toSeconds() + " s" : "it ended";
        throw new AccountFailed(
                "start the emulated account",
                reason + complaint.map(line -> " (" + line + ")").orElse(""),
                "read " + log());
    }

    private static Path logIn(Path run) {
        return run.resolve("logs").resolve("account.log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Somebody else listens where we meant to. */
    private static final class PortTaken extends IOException {
        private static final long serialVersionUID = 1L;

        PortTaken(String message) {
            super(message);
        }
    }
}
