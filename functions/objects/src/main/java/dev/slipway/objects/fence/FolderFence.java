package dev.slipway.objects.fence;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.MigrationLocked;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.FolderWalk;
import dev.slipway.objects.place.Item;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Closes a folder by taking the right to write from every file and folder in it, and remembers the modes. That stops every process
 * but two kinds: one of root, and one that has a file open for writing already. Both are noticed afterwards: the fence keeps what each
 * file was when it stood, and {@link #requireUntouched} fails where one is another. Files that are to be closed must belong to
 * this process's user, or it must be root's.
 */
public final class FolderFence {
    private static final int WRITE = 0222;
    private static final int MODE = 07777;

    private final Folder folder;

    public FolderFence(Folder folder) {
        this.folder = folder;
    }

    public void fence(FenceToken token) {
        attempt("fence", () -> {
            Optional<FenceFile> found = FenceFile.find(folder);
            FenceFile file = found.isPresent() ? found.get() : FenceFile.create(folder, risen(token, false));
            FenceFile.State state = file.state();
            requireMayLift(token, state.token(), "fence");
            if (!state.stands()) {
                close(file);
                file.addContent(content());
            }
            if (!state.stands() || !state.token().equals(token)) {
                file.write(risen(token, true));
            }
            return token;
        });
    }

    public Optional<FenceFile.State> standing() {
        return attempt("read the fence of", () -> {
            Optional<FenceFile> file = FenceFile.find(folder);
            return file.isEmpty()
                    ? Optional.<FenceFile.State>empty()
                    : Optional.of(file.get().state()).filter(FenceFile.State::stands);
        });
    }

    public void unfence(FenceToken token) {
        attempt("unfence", () -> {
            Optional<FenceFile> file = FenceFile.find(folder);
            if (file.isPresent()) {
                requireMayLift(token, file.get().state().token(), "unfence");
                open(file.get());
            }
            return token;
        });
    }

    /** @throws FenceBroken if the folder is not fenced by this token, or a file has changed since it was */
    public String require(FenceToken token) {
        String id = requireStanding(token);
        requireUntouched();
        return id;
    }

    /**
     * Looks at no file.
     *
     * @return another one for each fence
     * @throws FenceBroken if the folder is not fenced by this token
     */
    public String requireStanding(FenceToken token) {
        Optional<FenceFile.State> state = standing();
        if (state.map(FenceFile.State::token).filter(token::equals).isEmpty()) {
            throw new FenceBroken(
                    "copy " + folder.name() + " behind the fence " + token,
                    state.map(other -> "it is fenced by " + other.token()).orElse("it takes writes"),
                    "fence it and copy it again");
        }
        return state.get().id();
    }

    /**
     * Does nothing where no fence stands.
     *
     * @throws FenceBroken if a file is another than when the fence was put up
     */
    public void requireUntouched() {
        if (standing().isPresent()) {
            SortedMap<String, String> then = attempt(
                    "read the fence of",
                    () -> FenceFile.find(folder).orElseThrow().content());
            SortedMap<String, String> now = content();
            firstChange(then, now).ifPresent(name -> {
                throw new FenceBroken(
                        "rely on the fence of " + folder.name(),
                        "the file " + name + " was changed behind it, by root or by a process that had it open",
                        "stop that process, fence the folder and copy it again");
            });
        }
    }

    private static Optional<String> firstChange(SortedMap<String, String> then, SortedMap<String, String> now) {
        return then.equals(now)
                ? Optional.empty()
                : Stream.concat(then.keySet().stream(), now.keySet().stream())
                        .filter(name -> !Objects.equals(then.get(name), now.get(name)))
                        .findFirst();
    }

    /** Until a walk finds nothing that may be written: a file may be made while its folder is still open. */
    private void close(FenceFile file) throws IOException {
        for (Map<String, Integer> open = writable(); !open.isEmpty(); open = writable()) {
            file.addModes(open);
            for (Map.Entry<String, Integer> entry : open.entrySet()) {
                setMode(entry.getKey(), entry.getValue() & ~WRITE);
            }
        }
    }

    /** The folder itself first: an app may write again as soon as it can. What is gone needs no mode. */
    private void open(FenceFile file) throws IOException {
        Map<String, Integer> modes = file.modes();
        if (modes.containsKey("")) {
            setMode("", modes.get(""));
        }
        for (Map.Entry<String, Integer> entry : modes.entrySet()) {
            if (Files.exists(folder.names().ofEscaped(entry.getKey()), LinkOption.NOFOLLOW_LINKS)) {
                setMode(entry.getKey(), entry.getValue());
            }
        }
        file.delete();
    }

    private Map<String, Integer> writable() {
        Map<String, Integer> modes = new LinkedHashMap<>();
        folder.walk(new FolderWalk() {
            @Override
            public void file(Path path) throws IOException {
                add(path);
            }

            @Override
            public void folder(Path path, boolean empty) throws IOException {
                add(path);
            }

            private void add(Path path) throws IOException {
                int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & MODE;
                if (!Files.isSymbolicLink(path) && (mode & WRITE) != 0) {
                    modes.put(folder.names().escaped(path), mode);
                }
            }
        });
        return modes;
    }

    private SortedMap<String, String> content() {
        SortedMap<String, String> content = new TreeMap<>();
        folder.walk(new FolderWalk() {
            @Override
            public void file(Path path) throws IOException {
                String name = folder.names().escaped(path);
                Item item = Folder.item(name, path);
                content.put(name, item.size() + " " + item.stamp());
            }
        });
        return content;
    }

    private void setMode(String name, int mode) throws IOException {
        Files.setAttribute(folder.names().ofEscaped(name), "unix:mode", mode);
    }

    private static FenceFile.State risen(FenceToken token, boolean stands) {
        return new FenceFile.State(stands, UUID.randomUUID().toString(), token);
    }

    private static void requireMayLift(FenceToken token, FenceToken standing, String verb) {
        if (!standing.app().equals(token.app())) {
            throw new MigrationLocked(
                    verb + " a folder for " + token,
                    "the fence " + standing + " of another app stands there",
                    "end that app's migration first");
        }
        if (!token.mayLift(standing)) {
            throw new StaleAttempt(
                    verb + " a folder for " + token,
                    "the fence " + standing + " of a later attempt stands there",
                    "leave it to that attempt");
        }
    }

    /** Work on files. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T attempt(String verb, Work<T> work) {
        try {
            return work.run();
        } catch (FileSystemException e) {
            throw new InvalidInput(
                    verb + " the folder " + folder.name(),
                    "the file system answered " + e.getMessage(),
                    "run this as the user whose files they are",
                    e);
        } catch (IOException e) {
            throw new StoreUnreachable(
                    verb + " the folder " + folder.name(),
                    "it could not be read (" + e.getMessage() + ")",
                    "look at the disk",
                    e);
        }
    }
}
