package dev.slipway.postgres.tools;

import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.session.PostgresSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of Postgres' client programs, which logs in by its environment so that no password is on a command line. */
public final class PostgresProcess {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int COMPLAINTS_KEPT = 64 * 1024;
    private final Path program;
    private final StoreUrl server;

    PostgresProcess(Path program, StoreUrl server) {
        this.program = program;
        this.server = server;
    }

    /** @throws IOException with one line, if it cannot be run */
    int majorVersion() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        run(printed, "--version");
        Matcher version = VERSION.matcher(printed.toString(StandardCharsets.UTF_8));
        if (!version.find()) {
            throw new IOException("it does not print its version");
        }
        return Integer.parseInt(version.group(1));
    }

    /**
     * Runs it to its end and hands over what it prints.
     *
     * @throws ProgramFailed with its first complaint, if it ends with another code than 0
     */
    public void run(OutputStream out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        logIn(builder.environment());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> complaints = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            process.getInputStream().transferTo(out);
            int code = process.waitFor();
            if (code != 0) {
                throw new ProgramFailed(complaint(complaints.join(), code));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(program.getFileName() + " was interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private void logIn(Map<String, String> environment) throws IOException {
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        // libpq asks the system's resolver, which need not know the names that ours knows.
        InetAddress[] addresses = InetAddress.getAllByName(server.host().replaceAll("[\\[\\]]", ""));
        environment.put("PGHOST", server.host());
        environment.put("PGHOSTADDR", addresses[0].getHostAddress());
        environment.put("PGPORT", Integer.toString(server.port(PostgresSession.DEFAULT_PORT)));
        environment.put("PGDATABASE", server.path());
        server.user().ifPresent(user -> environment.put("PGUSER", user));
        server.password().ifPresent(password -> environment.put("PGPASSWORD", password));
        server.parameter("sslmode").ifPresent(mode -> environment.put("PGSSLMODE", mode));
        server.parameter("sslrootcert").ifPresent(file -> environment.put("PGSSLROOTCERT", file));
        environment.put("PGAPPNAME", PostgresSession.APPLICATION);
        environment.put("PGCONNECT_TIMEOUT", "10");
        environment.put("PGOPTIONS", "-c statement_timeout=0");
        environment.put("LC_ALL", "C");
    }

    private String complaint(String printed, int code) {
        return printed.lines()
                .filter(line -> line.contains("error:") || line.contains("FATAL:"))
                .findFirst()
                .or(() -> printed.lines().findFirst())
                .orElse(program.getFileName() + " ended with code " + code);
    }

    private static String read(InputStream in) {
        try (in) {
            String kept = new String(in.readNBytes(COMPLAINTS_KEPT), StandardCharsets.UTF_8);
            in.transferTo(OutputStream.nullOutputStream());
            return kept;
        } catch (IOException e) {
            return "its complaints could not be read (" + e.getMessage() + ")";
        }
    }

    /** The program did not end well; its message is one line. */
    static final class ProgramFailed extends IOException {
        private static final long serialVersionUID = 1L;

        ProgramFailed(String complaint) {
            super(complaint);
        }
    }
}
