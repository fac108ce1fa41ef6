package dev.slipway.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The folder of one run: logs, data of its servers, the hosts file, the ids of its processes. */
public record RunFolder(Path path) {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    /** One of its own, also where another process begins a run in the same moment. */
    public static RunFolder create(Checkout checkout, Instant now) throws IOException {
        Path path = own(Files.createDirectories(checkout.own().resolve("runs")), now);
        for (String folder : new String[] {"logs", "pids", "app", "source/media"}) {
            Files.createDirectories(path.resolve(folder));
        }
        return new RunFolder(path);
    }

    private static Path own(Path runs, Instant now) throws IOException {
        for (Instant moment = now; ; moment = moment.plusMillis(1)) {
            try {
                return Files.createDirectory(runs.resolve(NAME.format(moment)));
            } catch (FileAlreadyExistsException e) {
                // Another run's: the next moment is tried.
            }
        }
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
