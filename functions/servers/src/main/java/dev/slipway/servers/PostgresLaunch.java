package dev.slipway.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a Postgres server is to be started.
 *
 * @param binaries where the package is unpacked, once for all servers
 * @param folder the server's own: {@code data} and {@code postgres.log}; data that is there already is used again
 * @param address a loopback address
 * @param port 0 for a free one
 * @param user the superuser, whose password is set when the data folder is made
 * @param settings as in postgresql.conf
 * @param files what is put into the data folder before each start, for the server's eyes only, by name
 * @param setup statements that are run once, when the data folder is made, in the database {@code postgres}
 * @param pids where a file is named after the server's process while it runs
 * @param environment what the server gets beside this process's own
 */
public record PostgresLaunch(
        Path binaries,
        Path folder,
        String address,
        int port,
        String user,
        String password,
        Map<String, String> settings,
        Map<String, String> files,
        List<String> setup,
        Optional<Path> pids,
        Map<String, String> environment) {
    /** A real server, except that it does not survive a power cut. */
    public static final Map<String, String> FAST =
            Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");

    /** {@link #FAST}, and more of the kind. */
    public static Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(FAST);
        all.putAll(settings);
        return all;
    }

    public PostgresLaunch {
        settings = Map.copyOf(settings);
        files = Map.copyOf(files);
        setup = List.copyOf(setup);
        environment = Map.copyOf(environment);
    }

    /** On a free port of 127.0.0.1, user {@code postgres} with the password {@code postgres}, {@link #FAST}. */
    public static PostgresLaunch in(Path binaries, Path folder) {
        return new PostgresLaunch(
                binaries,
                folder,
                "127.0.0.1",
                0,
                "postgres",
                "postgres",
                FAST,
                Map.of(),
                List.of(),
                Optional.empty(),
                Map.of());
    }

    public PostgresLaunch at(String address, int port) {
        return new PostgresLaunch(
                binaries, folder, address, port, user, password, settings, files, setup, pids, environment);
    }

    public PostgresLaunch login(String user, String password) {
        return new PostgresLaunch(
                binaries, folder, address, port, user, password, settings, files, setup, pids, environment);
    }

    public PostgresLaunch settings(Map<String, String> settings) {
        return new PostgresLaunch(
                binaries, folder, address, port, user, password, settings, files, setup, pids, environment);
    }

    /** Such as a {@code pg_hba.conf} in place of the usual one, or a certificate that {@link #settings()} name. */
    public PostgresLaunch files(Map<String, String> files) {
        return new PostgresLaunch(
                binaries, folder, address, port, user, password, settings, files, setup, pids, environment);
    }

    /** One statement more for {@link #setup()}, e.g. {@code CREATE ROLE …}. */
    public PostgresLaunch setup(String statement) {
        List<String> all = new ArrayList<>(setup);
        all.add(statement);
        return new PostgresLaunch(
                binaries, folder, address, port, user, password, settings, files, all, pids, environment);
    }

    /** Makes a database of that name, owned by the superuser. */
    public PostgresLaunch database(String name) {
        return setup("CREATE DATABASE \"" + name.replace("\"", "\"\"") + '"');
    }

    public PostgresLaunch pids(Path pids) {
        return new PostgresLaunch(
                binaries,
                folder,
                address,
                port,
                user,
                password,
                settings,
                files,
                setup,
                Optional.of(pids),
                environment);
    }

    /** As of a {@link MovableClock}. */
    public PostgresLaunch environment(Map<String, String> environment) {
        return new PostgresLaunch(
                binaries, folder, address, port, user, password, settings, files, setup, pids, environment);
    }

    /** @throws IOException with one line that says why, if the server does not accept connections within a minute */
    public PostgresServer start() throws IOException {
        return PostgresServer.start(this);
    }
}
