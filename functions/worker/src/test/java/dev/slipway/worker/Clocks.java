package dev.slipway.worker;

import dev.slipway.servers.MovableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The clocks of the machines that an app's servers and the commands run on, by name. Without a library that moves them they go right. */
final class Clocks implements AutoCloseable {
    /** Where libfaketime notes something of each process, which stays behind when that is killed. */
    private static final Path NOTES = Path.of("/dev/shm");

    private static final String NOTE = "faketime_";

    private final Path folder;
    private final Optional<Path> library;
    private final Map<String, MovableClock> clocks = new ConcurrentHashMap<>();

    /** @param folder for what says by how much each is moved */
    Clocks(Path folder, Optional<Path> library) {
        this.folder = folder;
        this.library = library;
    }

    /** What a process on that machine is started with. */
    Map<String, String> of(String machine) {
        return library.map(file -> clock(file, machine).environment()).orElse(Map.of());
    }

    void move(String machine, Duration by) throws IOException {
        clock(library.orElseThrow(), machine).move(by);
    }

    void putRight() throws IOException {
        for (MovableClock clock : clocks.values()) {
            clock.putRight();
        }
    }

    private MovableClock clock(Path file, String machine) {
        return clocks.computeIfAbsent(machine, name -> {
            try {
                return MovableClock.make(file, folder.resolve("clock-" + name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() throws IOException {
        if (library.isEmpty()) {
            return;
        }
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(NOTES, "*" + NOTE + "*")) {
            for (Path note : notes) {
                String process = note.toString().substring(note.toString().lastIndexOf('_') + 1);
                if (!Files.exists(Path.of("/proc", process))) {
                    Files.deleteIfExists(note);
                }
            }
        }
    }
}
