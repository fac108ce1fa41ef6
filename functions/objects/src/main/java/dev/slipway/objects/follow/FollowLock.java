package dev.slipway.objects.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Only one process works on a pair at a time, and of it one thread. The system frees the lock when its process ends, however it ends,
 * and only then: nothing that a killed one was doing is still done by it later.
 */
final class FollowLock implements AutoCloseable {
    static final String FILE = "follow.lock";

    private static final Duration LOOK = Duration.ofMillis(50);

    /** A process loses its lock on a file with any channel of it that it closes, so it opens none while it has one. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FollowLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Optional<FollowLock> tryTake(Path folder) {
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
                return Optional.of(new FollowLock(file, channel));
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

    /** @throws FollowFailed if another one works on the pair for longer than that */
    static FollowLock take(Path folder, Duration patience, String what) {
        long until = System.nanoTime() + patience.toNanos();
        Optional<FollowLock> lock = tryTake(folder);
        while (lock.isEmpty()) {
            if (System.nanoTime() > until) {
                throw new FollowFailed(
                        what,
                        "another command works on the two, and did not end a pass within " + patience.toSeconds()
                                + " s",
                        "wait until it has, or end it; it goes on where it was");
            }
            Waiting.sleep(LOOK);
            lock = tryTake(folder);
        }
        return lock.get();
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

    @Override
    public void close() {
        free(file, channel);
    }
}
