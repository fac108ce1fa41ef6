package dev.slipway.objects.fence;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes files of a folder that is fenced, and leaves it so: a file is written beside the others and moved to its place, for which
 * only the folder that it is in is open, for that moment. What is new may be written by its owner once the fence is lifted.
 */
public final class ClosedFolder implements AutoCloseable {
    private static final int MODE = 07777;
    private static final int WRITE = 0222;
    private static final int OWNER_WRITES = 0200;
    private static final int ENTER = 0111;

    private final Folder folder;
    private final FenceFile notes;

    private ClosedFolder(Folder folder, FenceFile notes) {
        this.folder = folder;
        this.notes = notes;
    }

    /** @throws dev.slipway.migration.exception.FenceBroken if it is not fenced by the token */
    public static ClosedFolder of(Folder folder, FenceToken token) throws IOException {
        new FolderFence(folder).requireStanding(token);
        return new ClosedFolder(folder, FenceFile.find(folder).orElseThrow());
    }

    /** Work on files. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /**
     * Puts a file in the place of whatever has its name. A link is replaced, and not the file that it leads to.
     *
     * @throws FollowFailed if no file can have that name
     */
    public Item put(String key, InputStream content) throws IOException {
        Path file = path(key);
        Path staged = staged(content);
        synchronized (this) {
            makeFolders(key, parent(file));
            dress(staged, file);
            whileOpen(parent(file), () -> Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE));
        }
        return Folder.item(key, file);
    }

    /** Removes the file, or the link. Its folder stays, even where it is empty then. */
    public synchronized void delete(String key) throws IOException {
        Path file = path(key);
        whileOpen(parent(file), () -> Files.deleteIfExists(file));
    }

    /** Removes what was not moved to its place. */
    @Override
    public synchronized void close() throws IOException {
        Path staging = folder.staging();
        if (Files.isDirectory(staging, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> left = Files.list(staging)) {
                for (Path each : left.toList()) {
                    Files.delete(each);
                }
            }
            whileOpen(folder.root(), () -> Files.delete(staging));
        }
    }

    private Path staged(InputStream content) throws IOException {
        makeStaging();
        Path file = folder.staging().resolve(UUID.randomUUID().toString());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
        return file;
    }

    private synchronized void makeStaging() throws IOException {
        if (!Files.isDirectory(folder.staging(), LinkOption.NOFOLLOW_LINKS)) {
            whileOpen(
                    folder.root(),
                    () -> Files.createDirectory(
                            folder.staging(),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        }
    }

    private Path path(String key) {
        try {
            Path path = folder.names().ofKey(key);
            boolean inside = path.startsWith(folder.root())
                    && !path.equals(folder.root())
                    && path.equals(path.normalize())
                    && folder.names().key(path).filter(key::equals).isPresent();
            if (inside
                    && !folder.isOurs(
                            folder.root().resolve(path.getName(folder.root().getNameCount())))) {
                return path;
            }
        } catch (IllegalArgumentException e) {
            throw noName(key, "no file can have that name", e);
        }
        throw noName(key, "no file can have that name", null);
    }

    private void makeFolders(String key, Path wanted) throws IOException {
        if (wanted.equals(folder.root()) || Files.isDirectory(wanted, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        makeFolders(key, parent(wanted));
        if (Files.exists(wanted, LinkOption.NOFOLLOW_LINKS)) {
            throw noName(key, "'" + folder.names().escaped(wanted) + "' is a file or a link there", null);
        }
        whileOpen(parent(wanted), () -> Files.createDirectory(wanted));
        own(wanted, parent(wanted));
        close(wanted, wanted, mode(parent(wanted)) | OWNER_WRITES);
    }

    /** Gives a new file the mode and the owner of the one in whose place it comes, or such as fit its folder. */
    private void dress(Path staged, Path file) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            own(staged, file);
            setMode(staged, mode(file));
        } else {
            own(staged, parent(file));
            close(staged, file, (mode(parent(file)) & ~ENTER) | OWNER_WRITES);
        }
    }

    private void close(Path path, Path named, int mode) throws IOException {
        notes.addModes(Map.of(folder.names().escaped(named), mode));
        setMode(path, mode & ~WRITE);
    }

    /** Whoever may not give a file away keeps it. */
    private static void own(Path path, Path like) throws IOException {
        for (String owner : List.of("unix:uid", "unix:gid")) {
            Object wanted = Files.getAttribute(like, owner, LinkOption.NOFOLLOW_LINKS);
            if (!wanted.equals(Files.getAttribute(path, owner, LinkOption.NOFOLLOW_LINKS))) {
                try {
                    Files.setAttribute(path, owner, wanted, LinkOption.NOFOLLOW_LINKS);
                } catch (FileSystemException e) {
                    return;
                }
            }
        }
    }

    /** Root needs no mode. Anybody else opens the place to its owner for that moment, who may be the app. */
    private static void whileOpen(Path place, Work work) throws IOException {
        try {
            work.run();
        } catch (AccessDeniedException e) {
            openFor(place, work);
        }
    }

    private static void openFor(Path place, Work work) throws IOException {
        int mode = mode(place);
        setMode(place, mode | OWNER_WRITES);
        try {
            work.run();
        } finally {
            setMode(place, mode);
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "a folder's root");
    }

    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & MODE;
    }

    private static void setMode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    private FollowFailed noName(String key, String why, @Nullable Throwable cause) {
        String tried = "write '" + key + "' into the folder " + folder.name();
        String remedy = "rename it on the side that takes the writes";
        return cause == null ? new FollowFailed(tried, why, remedy) : new FollowFailed(tried, why, remedy, cause);
    }
}
