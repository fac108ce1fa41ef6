package dev.slipway.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** The redis-server executable that lies in the jar {@code com.github.codemonstur:embedded-redis}. */
final class RedisBinary {
    private RedisBinary() {}

    /** The executable's path in the cache; extracted where it is not there yet. */
    static Path in(Path cache) throws IOException {
        String name = name(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path binary = cache.resolve(name).toAbsolutePath();
        if (!Files.exists(binary)) {
            Files.createDirectories(cache);
            extract(name, binary);
        }
        return binary;
    }

    static String name(String system, String architecture) throws IOException {
        String platform = platform(system, architecture);
        return "redis-server-" + (platform.equals("linux-arm64") ? "6.2.7-" : "6.2.6-v5-") + platform;
    }

    /** As packages of redis-server name this machine, e.g. {@code linux-amd64}. */
    static String platform() throws IOException {
        return platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    private static String platform(String system, String architecture) throws IOException {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        if (!os.contains("linux") && !os.contains("mac")) {
            throw new IOException("the package of redis-server has none for " + system + " on " + architecture);
        }
        return (os.contains("mac") ? "darwin-" : "linux-") + (arm ? "arm64" : "amd64");
    }

    /** By a rename, because another process may extract the same file at the same time. */
    private static void extract(String name, Path binary) throws IOException {
        Path fresh = Files.createTempFile(binary.getParent(), name, ".part");
        try (InputStream packaged = RedisBinary.class.getResourceAsStream("/" + name)) {
            if (packaged == null) {
                throw new IOException("the package of redis-server lacks " + name);
            }
            Files.copy(packaged, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(fresh, binary, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
