package dev.slipway.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The folder of one run: logs, data of its servers, the hosts file, the ids of its processes. */
public record RunFolder(Path path) {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    public static RunFolder create(Checkout checkout, Instant now) throws IOException {
        Path path = checkout.own().resolve("runs").resolve(NAME.format(now));
        for (String folder : new String[] {"logs", "pids", "app", "source/media"}) {
            Files.createDirectories(path.resolve(folder));
        }
        return new RunFolder(path);
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path pids() {
        return path.resolve("pids");
    }

    public Path hosts() {
        return path.resolve("hosts");
    }

    public Path app() {
        return path.resolve("app");
    }

    public Path media() {
        return path.resolve("source/media");
    }

    public Path source() {
        return path.resolve("source");
    }

    /** Flags of the run's JVMs, read by each at its start. */
    public Path flags() {
        return path.resolve("jvm.flags");
    }

    public Path images() {
        return path.resolve("images.json");
    }

    /** Where the API of the account's Kubernetes clusters is, if there is one. */
    public Path cluster() {
        return path.resolve("cluster.json");
    }

    public Path faults() {
        return path.resolve("faults.json");
    }
}
