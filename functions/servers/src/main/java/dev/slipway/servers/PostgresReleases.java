package dev.slipway.servers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Releases of Postgres beside the one of the class path, as {@code ./mvnw -Pbattery} fetches them.
 *
 * @param packages has a folder for each release, named by its version, with the package's archive
 * @param cache where they are unpacked, once
 */
public record PostgresReleases(Path packages, Path cache) {
    /** Those of a checkout. */
    public static PostgresReleases of(Path checkout) {
        return new PostgresReleases(
                checkout.resolve("functions/servers/target/postgres"), checkout.resolve(".slipway/cache"));
    }

    /** The newest release of a major version, for {@link PostgresLaunch#in}. */
    public Path binaries(int major) throws IOException {
        Path release = releases(major).stream()
                .max(Comparator.comparing(folder -> Runtime.Version.parse(version(folder))))
                .orElseThrow(() -> new IOException("Tried to find Postgres " + major + " but " + packages
                        + " has no release of it: run ./mvnw with -Pbattery, which fetches them"));
        Path archive = release.resolve(PostgresBinaries.archiveName());
        return PostgresBinaries.unpack(
                () -> Files.newInputStream(archive), cache.resolve("postgres-" + release.getFileName()));
    }

    private List<Path> releases(int major) throws IOException {
        List<Path> releases = new ArrayList<>();
        if (Files.isDirectory(packages)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(packages, major + ".*")) {
                found.forEach(releases::add);
            }
        }
        return releases;
    }

    // A version of Java's form has no zero at its end.
    private static String version(Path release) {
        return release.getFileName().toString().replaceFirst("(\\.0)+$", "");
    }
}
