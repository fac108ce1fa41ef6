package dev.slipway.postgres.tools;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where pg_dump and pg_restore are. Only a snapshot and a copy need them: without, the other verbs work.
 *
 * @param folder holds both programs; empty where none was found
 */
public record PostgresTools(Optional<Path> folder) {
    private static final List<String> PROGRAMS = List.of("pg_dump", "pg_restore");

    public static PostgresTools in(Path folder) {
        return new PostgresTools(Optional.of(folder));
    }

    /** Looks into the folder that SLIPWAY_PG_TOOLS names, else along the PATH. */
    public static PostgresTools find(Map<String, String> environment) {
        String named = environment.getOrDefault("SLIPWAY_PG_TOOLS", "");
        Stream<String> candidates = named.isBlank()
                ? Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                : Stream.of(named);
        return new PostgresTools(candidates
                .filter(candidate -> !candidate.isBlank())
                .map(Path::of)
                .filter(PostgresTools::isComplete)
                .findFirst());
    }

    private static boolean isComplete(Path folder) {
        return PROGRAMS.stream().allMatch(name -> Files.isExecutable(folder.resolve(name)));
    }

    /** @throws InvalidInput where pg_dump or pg_restore could not be used on the server */
    public void demandFor(StoreUrl server, int serverVersion) {
        PROGRAMS.forEach(name -> program(name, server, serverVersion));
    }

    /** One that {@link #demandFor} has found fit. */
    public PostgresProcess demanded(String name, StoreUrl server) {
        return new PostgresProcess(folder.orElseThrow().resolve(name), server);
    }

    /** @throws InvalidInput where there is none, or it is older than the server, which pg_dump does not support */
    public PostgresProcess program(String name, StoreUrl server, int serverVersion) {
        Path program = folder.orElseThrow(() -> new InvalidInput(
                        "find " + name,
                        "neither SLIPWAY_PG_TOOLS nor the PATH holds pg_dump and pg_restore",
                        install(serverVersion)))
                .resolve(name);
        PostgresProcess process = new PostgresProcess(program, server);
        int version = version(program, process, serverVersion);
        if (version < serverVersion) {
            throw unfit(program, "it is version " + version + " and the server is " + serverVersion, serverVersion);
        }
        return process;
    }

    private static int version(Path program, PostgresProcess process, int serverVersion) {
        try {
            return process.majorVersion();
        } catch (IOException e) {
            throw unfit(program, String.valueOf(e.getMessage()), serverVersion);
        }
    }

    private static InvalidInput unfit(Path program, String why, int serverVersion) {
        return new InvalidInput("use " + program, why, install(serverVersion));
    }

    private static String install(int serverVersion) {
        return "install the PostgreSQL client " + serverVersion + " or later, or name its folder in SLIPWAY_PG_TOOLS";
    }
}
