package dev.slipway.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Servers of Redis and Valkey of several releases.
 *
 * @param packages has the executables of the release that the build unpacks
 * @param cache has those that {@code functions/servers/fetch-redis} gets, and the package's own
 */
public record RedisReleases(Path packages, Path cache) {
    /** Those of a checkout. */
    public static RedisReleases of(Path checkout) {
        return new RedisReleases(
                checkout.resolve("functions/servers/target/redis"), checkout.resolve(".slipway/cache"));
    }

    /** The executable, or empty where it is not to be had on this machine. */
    public Optional<Path> find(RedisRelease release) throws IOException {
        return switch (release) {
            case REDIS_6_2 -> Optional.of(RedisBinary.in(cache));
            case REDIS_7_0 -> executable(packages.resolve("redis-server-7.0.15-" + RedisBinary.platform()));
            case REDIS_5_0 -> fetched("redis-5.0");
            case REDIS_8_0 -> fetched("redis-8.0");
            case VALKEY_8_1 -> fetched("valkey-8.1");
        };
    }

    private Optional<Path> fetched(String folder) {
        return Optional.of(cache.resolve(folder).resolve("redis-server").toAbsolutePath())
                .filter(Files::isExecutable);
    }

    /** A jar keeps no permissions. */
    private static Optional<Path> executable(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!Files.isExecutable(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return Optional.of(file.toAbsolutePath());
    }
}
