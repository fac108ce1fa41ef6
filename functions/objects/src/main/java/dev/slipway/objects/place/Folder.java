package dev.slipway.objects.place;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A folder seen as objects: each regular file is one, and so is a link to a regular file of the folder, with that file's content.
 * A sparse file's holes are zeros. Other links, empty folders and special files are no objects; an inspection names them.
 */
public final class Folder implements ObjectPlace, KeyLevels {
    private final Path root;
    private final FileNames names;

    public Folder(Path root) {
        this.root = root.toAbsolutePath();
        this.names = new FileNames(this.root);
    }

    /** @throws StoreUnreachable if there is no such folder */
    public static Folder of(StoreUrl url) {
        Path path = Path.of(URI.create("file://" + url.uri().getRawPath()));
        if (!Files.isDirectory(path)) {
            throw new StoreUnreachable(
                    "read the folder " + path, "there is none", "check the path and that it is mounted here");
        }
        try {
            return new Folder(path.toRealPath());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    public Path root() {
        return root;
    }

    public FileNames names() {
        return names;
    }

    /** The file that says whose fence stands: no object. */
    public Path fence() {
        return root.resolve(".slipway-fence");
    }

    /** The same, half written. */
    public Path unfinishedFence() {
        return root.resolve(".slipway-fence.part");
    }

    private boolean isFence(Path path) {
        return path.equals(fence()) || path.equals(unfinishedFence());
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public Listing list(KeyRange range) {
        return new FolderListing(this, range);
    }

    @Override
    public List<KeyRange> cut(int wanted) {
        return new KeyCuts(this, wanted).ranges();
    }

    @Override
    public KeyLevel level(String below) {
        Map<Boolean, List<String>> folders = keys(below).stream().collect(Collectors.partitioningBy(Folder::isFolder));
        return new KeyLevel(
                folders.getOrDefault(true, List.of()), folders.getOrDefault(false, List.of()), /* whole= */ true);
    }

    @Override
    public Optional<String> firstAfter(String key) {
        try (Listing listing = list(KeyRange.after(key))) {
            return listing.hasNext() ? Optional.of(listing.next().key()) : Optional.empty();
        }
    }

    static boolean isFolder(String key) {
        return key.endsWith("/");
    }

    /**
     * What is right in a folder, in the order of keys: files, and folders with a slash at their end. What is gone meanwhile is empty.
     *
     * @throws CopyFailed if a name cannot be a key
     */
    List<String> keys(String below) {
        List<String> keys = new ArrayList<>();
        try {
            visit(names.ofKey(below), new FolderWalk() {
                @Override
                public void file(Path path) {
                    keys.add(key(path));
                }

                @Override
                public boolean enters(Path path) {
                    keys.add(key(path) + "/");
                    return false;
                }
            });
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(names.ofKey(below), e);
        }
        keys.sort(KeyOrder.INSTANCE);
        return keys;
    }

    @Override
    public Optional<Item> find(String key) {
        Path path = names.ofKey(key);
        try {
            return Optional.of(item(key, path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public boolean lists(String key) {
        return find(key).isPresent();
    }

    private String key(Path path) {
        return names.key(path).orElseThrow(() -> noKey(path));
    }

    @Override
    public Opened open(Item item) throws IOException {
        return new Opened(Headers.of(ContentTypes.of(item.key())), open(item, 0, item.size()));
    }

    @Override
    public InputStream open(Item item, long from, long bytes) throws IOException {
        try {
            InputStream content = Files.newInputStream(names.ofKey(item.key()));
            content.skipNBytes(from);
            return content;
        } catch (NoSuchFileException | EOFException e) {
            throw (IOException) new ObjectChanged(item).initCause(e);
        }
    }

    @Override
    public Known know(Item item) {
        return new Known(Headers.of(ContentTypes.of(item.key())), Optional.empty());
    }

    /**
     * Shows everything below the folder but the fence's own file, in no order.
     *
     * @throws StoreUnreachable if it cannot be read
     */
    public void walk(FolderWalk visitor) {
        try {
            visit(root, visitor);
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(root, e);
        }
    }

    private void visit(Path folder, FolderWalk visitor) throws IOException {
        boolean empty = true;
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!isFence(entry)) {
                    empty = false;
                    show(entry, visitor);
                }
            }
        }
        visitor.folder(folder, empty);
    }

    private void show(Path entry, FolderWalk visitor) throws IOException {
        if (Files.isSymbolicLink(entry)) {
            if (isLinkToOurFile(entry)) {
                visitor.file(entry);
            } else {
                visitor.other(entry, "a link that leads to no file of the folder");
            }
        } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            if (visitor.enters(entry)) {
                visit(entry, visitor);
            }
        } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            visitor.file(entry);
        } else if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
            visitor.other(entry, "a device, pipe or socket");
        }
    }

    private boolean isLinkToOurFile(Path link) {
        try {
            Path file = link.toRealPath();
            return file.startsWith(root) && Files.isRegularFile(file);
        } catch (IOException e) {
            return false;
        }
    }

    /** The time of the last change to the inode tells even a change whose author put the other times back. */
    public static Item item(String key, Path path) throws IOException {
        Map<String, Object> facts = Files.readAttributes(path, "unix:size,lastModifiedTime,ctime,ino");
        String stamp = nanos(facts.get("lastModifiedTime")) + "." + nanos(facts.get("ctime")) + "." + facts.get("ino");
        return new Item(key, (Long) Optional.ofNullable(facts.get("size")).orElse(0L), stamp, "");
    }

    private static long nanos(@Nullable Object time) {
        return time instanceof FileTime at ? at.to(TimeUnit.NANOSECONDS) : 0;
    }

    private CopyFailed noKey(Path path) {
        return new CopyFailed(
                "take the file " + names.escaped(path) + " as an object",
                "its name is no UTF-8 and a key of S3 must be",
                "rename it");
    }

    static StoreUnreachable unreadable(Path folder, Exception e) {
        return new StoreUnreachable(
                "read the folder " + folder,
                "it answered " + e.getClass().getSimpleName() + " for " + e.getMessage(),
                "check that this user may read it",
                e);
    }
}
