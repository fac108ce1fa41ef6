package dev.slipway.objects.place;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A folder seen as objects: each regular file is one, and so is a link to a regular file of the folder, with that file's content.
 * A sparse file's holes are zeros. Other links, empty folders and special files are no objects; an inspection names them.
 */
public final class Folder implements ObjectPlace, KeyLevels {
    private final Path root;
    private final FileNames names;
    private final FolderLook look;
    private final FolderKeys keys;
    private final ContentTypes types;

    public Folder(Path root) {
        this(root, ContentTypes.BUILT_IN);
    }

    private Folder(Path root, ContentTypes types) {
        this.root = root.toAbsolutePath();
        this.names = new FileNames(this.root);
        this.look = new FolderLook(this);
        this.keys = new FolderKeys(this, look);
        this.types = types;
    }

    /** @throws StoreUnreachable if there is no such folder */
    public static Folder of(StoreUrl url) {
        Path path = Path.of(URI.create("file://" + url.uri().getRawPath()));
        if (!Files.isDirectory(path)) {
            throw new StoreUnreachable(
                    "read the folder " + path,
                    Files.exists(path) ? "it is no folder" : "there is none",
                    "check the path and that it is mounted here");
        }
        try {
            return new Folder(
                    path.toRealPath(),
                    url.parameter("types")
                            .map(table -> ContentTypes.BUILT_IN.with(Path.of(table)))
                            .orElse(ContentTypes.BUILT_IN));
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

    public ContentTypes types() {
        return types;
    }

    /** The file that says whose fence stands: no object. */
    public Path fence() {
        return root.resolve(".slipway-fence");
    }

    /** The same, half written. */
    public Path unfinishedFence() {
        return root.resolve(".slipway-fence.part");
    }

    /** Where what is to be in the folder lies until it is whole: no objects. */
    public Path staging() {
        return root.resolve(".slipway-staging");
    }

    /** Whether it was put there by us and is no object. */
    public boolean isOurs(Path path) {
        return path.equals(fence()) || path.equals(unfinishedFence()) || path.equals(staging());
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public Listing list(KeyRange range) {
        return new FolderListing(this, keys, range);
    }

    @Override
    public List<Finding> requireCopyable() {
        FolderCheck check = new FolderCheck(this);
        walk(check);
        return check.findings();
    }

    @Override
    public List<KeyRange> cut(int wanted) {
        return new KeyCuts(this, wanted).ranges();
    }

    @Override
    public KeyLevel level(String below) {
        return keys.level(below);
    }

    @Override
    public Optional<String> firstAfter(String key) {
        try (Listing listing = list(KeyRange.after(key))) {
            return listing.hasNext() ? Optional.of(listing.next().key()) : Optional.empty();
        }
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

    @Override
    public Opened open(Item item) throws IOException {
        return new Opened(Headers.of(types.of(item.key())), open(item, 0, item.size()));
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
        return new Known(Headers.of(types.of(item.key())), Optional.empty());
    }

    /**
     * Shows everything below the folder but the fence's own file, in no order.
     *
     * @throws StoreUnreachable if it cannot be read
     */
    public void walk(FolderWalk visitor) {
        try {
            look.visit(root, visitor);
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(root, e);
        }
    }

    /** The time of the last change to the inode tells even a change whose author put the other times back. */
    public static Item item(String key, Path path) throws IOException {
        Map<String, Object> facts = Files.readAttributes(path, "unix:size,lastModifiedTime,ctime,ino");
        String stamp = nanos(facts.get("lastModifiedTime")) + "." + nanos(facts.get("ctime")) + "." + facts.get("ino");
        return new Item(key, (Long) Optional.ofNullable(facts.get("size")).orElse(0L), stamp, "");
    }

    /** Whether the file is the same but for its mode, which changes the inode's time. */
    public static boolean isSameButForMode(Item one, Item other) {
        return one.size() == other.size() && contentStamp(one).equals(contentStamp(other));
    }

    private static List<String> contentStamp(Item item) {
        List<String> parts = List.of(item.stamp().split("\\.", -1));
        return List.of(parts.getFirst(), parts.getLast());
    }

    /** When the file was written, since 1970. */
    public static Duration written(Item item) {
        return Duration.ofNanos(Long.parseLong(item.stamp().split("\\.", -1)[0]));
    }

    private static long nanos(@Nullable Object time) {
        return time instanceof FileTime at ? at.to(TimeUnit.NANOSECONDS) : 0;
    }

    static StoreUnreachable unreadable(Path folder, Exception e) {
        Throwable cause = e instanceof DirectoryIteratorException ? Objects.requireNonNull(e.getCause()) : e;
        boolean denied = cause instanceof AccessDeniedException;
        return new StoreUnreachable(
                "read the folder " + (denied ? cause.getMessage() : folder),
                denied ? "this user may not" : "it answered " + cause,
                "let this user read it, or run this as a user who may",
                e);
    }
}
