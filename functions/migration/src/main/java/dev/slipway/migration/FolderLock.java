package dev.slipway.migration;

import dev.slipway.migration.exception.StoreUnreachable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file. The system frees the lock when its process ends, however it ends,
 * and only then: nothing that a killed one was doing is still done by it later.
 */
public record FolderLock(Path folder) implements PairLock {
    /** Its name, beside which others may keep theirs. */
    public static final String FILE = "follow.lock";

    /** A process loses its lock on a file with any channel of it that it closes, so it opens none while it has one. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<Hold> tryTake() {
        Path file = folder.toAbsolutePath().normalize().resolve(FILE);
        if (!OURS.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new FileHold(file, channel));
            }
            free(file, channel);
            return Optional.empty();
        } catch (IOException e) {
            free(file, channel);
            throw new StoreUnreachable(
                    "keep notes of what follows in " + folder,
                    "it failed (" + e.getMessage() + ")",
                    "make that folder writable",
                    e);
        }
    }

    private static void free(Path file, @Nullable FileChannel channel) {
        try (channel) {
            // Whoever comes next opens it anew.
        } catch (IOException e) {
            // The system has freed it all the same.
        } finally {
            OURS.remove(file);
        }
    }

    /** Of a file of this machine. */
    private record FileHold(Path file, FileChannel channel) implements Hold {

        /** Nobody takes it from a process that runs. */
        @Override
        public void require() {}

        @Override
        public void close() {
            free(file, channel);
        }
    }
}
