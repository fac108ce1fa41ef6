package dev.slipway.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clock of processes that can be moved while they run, as by an administrator or a machine that was asleep: the time of day jumps, and
 * what they measure by the monotonic clock goes on as it was.
 *
 * @param library see {@link #library}
 * @param offset the file that says by how much it is moved
 */
public record MovableClock(Path library, Path offset) {
    public MovableClock {
        library = library.toAbsolutePath();
        offset = offset.toAbsolutePath();
    }

    /** One that goes right until it is moved. */
    public static MovableClock make(Path library, Path offset) throws IOException {
        MovableClock clock = new MovableClock(library, offset);
        clock.putRight();
        return clock;
    }

    /**
     * The library libfaketime, which a script of the checkout builds once; empty where this machine cannot build it.
     *
     * @throws IOException if it cannot, and the environment says {@code SLIPWAY_REQUIRE_SERVERS=1}
     */
    public static Optional<Path> library(Path checkout) throws IOException {
        String said = Command.run(
                List.of(checkout.resolve("functions/servers/fetch-libfaketime").toString()), "");
        return said.lines().map(Path::of).filter(Files::isRegularFile).findFirst();
    }

    /**
     * What a process has to be started with. The names are libfaketime's own.
     *
     * @see <a href="https://github.com/wolfcw/libfaketime/blob/master/README">its README</a>
     */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_NO_CACHE", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "NO_FAKE_STAT", "1");
    }

    /** From now on it differs by that much from the machine's; before it where that is negative. */
    public void move(Duration by) throws IOException {
        Path written = Files.createTempFile(offset.getParent(), "offset", ".part");
        Files.writeString(written, (by.isNegative() ? "" : "+") + by.toSeconds() + "\n");
        written.toFile().setReadable(true, /* ownerOnly= */ false);
        Files.move(written, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public void putRight() throws IOException {
        move(Duration.ZERO);
    }
}
