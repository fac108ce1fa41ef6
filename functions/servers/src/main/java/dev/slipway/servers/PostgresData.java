package dev.slipway.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Postgres server's data folder. */
final class PostgresData {
    private static final int LINE_OF_STATUS = 7;

    private PostgresData() {}

    static Path in(Path folder) {
        return folder.toAbsolutePath().resolve("data");
    }

    /** Makes it where it is not yet; a making that was cut short begins anew. */
    static void make(PostgresLaunch launch, Path binaries, Unprivileged unprivileged) throws IOException {
        Path folder = Files.createDirectories(launch.folder()).toAbsolutePath();
        Path done = folder.resolve("made");
        if (Files.exists(done)) {
            return;
        }
        PostgresBinaries.delete(in(folder));
        unprivileged.give(folder);
        Path password = folder.resolve("password");
        try {
            write(password, launch.password(), unprivileged);
            initialize(launch, binaries, unprivileged, password);
        } finally {
            Files.deleteIfExists(password);
        }
        setUp(launch, binaries, unprivileged);
        Files.createFile(done);
    }

    /** Puts the launch's own files into it. */
    static void complete(PostgresLaunch launch, Unprivileged unprivileged) throws IOException {
        for (Map.Entry<String, String> file : launch.files().entrySet()) {
            write(in(launch.folder()).resolve(file.getKey()), file.getValue(), unprivileged);
        }
    }

    /** For the server's eyes only. */
    private static void write(Path file, String content, Unprivileged unprivileged) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
        unprivileged.give(file);
    }

    private static void initialize(PostgresLaunch launch, Path binaries, Unprivileged unprivileged, Path password)
            throws IOException {
        run(
                "make a Postgres data folder",
                unprivileged.command(
                        binaries.resolve("bin/initdb").toString(),
                        "--pgdata=" + in(launch.folder()),
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync",
                        "--auth=scram-sha-256",
                        "--username=" + launch.user(),
                        "--pwfile=" + password),
                "");
    }

    // Single-user mode needs no driver, no port and no password, and has nobody else connected.
    private static void setUp(PostgresLaunch launch, Path binaries, Unprivileged unprivileged) throws IOException {
        if (launch.setup().isEmpty()) {
            return;
        }
        String script = launch.setup().stream().map(sql -> sql + ";\n\n").collect(Collectors.joining());
        run(
                "set Postgres up",
                unprivileged.command(
                        binaries.resolve("bin/postgres").toString(),
                        "--single",
                        "-j",
                        "-D",
                        in(launch.folder()).toString(),
                        "-c",
                        "exit_on_error=on",
                        "-c",
                        "fsync=off",
                        "postgres"),
                script);
    }

    private static void run(String what, List<String> command, String input) throws IOException {
        try {
            Command.run(command, input);
        } catch (Command.CommandFailed e) {
            throw new IOException("Tried to " + what + " but failed because: " + firstComplaint(e.printed()), e);
        }
    }

    /** Whether the server says in its pid file that it takes connections. */
    static boolean isReady(Path data) throws IOException {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() > LINE_OF_STATUS
                    && lines.get(LINE_OF_STATUS).strip().equals("ready");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The first error in the log from a position on. */
    static String complaint(Path log, long begin) throws IOException {
        byte[] all = Files.readAllBytes(log);
        return firstComplaint(new String(all, (int) begin, all.length - (int) begin, StandardCharsets.UTF_8));
    }

    private static String firstComplaint(String printed) {
        return printed.lines()
                .filter(line -> line.matches(".*(FATAL|PANIC|ERROR|error|LOG:  could not).*"))
                .findFirst()
                .orElse(
                        printed.isBlank()
                                ? "it said nothing within a minute"
                                : printed.lines().reduce("", (a, b) -> b));
    }
}
