package dev.slipway.objects.fence;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.MigrationLocked;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.FolderWalk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes a folder by taking the right to write from every file and folder in it, and remembers the modes. That stops every process
 * but two kinds: one of root, and one that has a file open for writing already. Both are noticed afterwards: the fence keeps what each
 * file was when it stood, and {@link #requireUntouched} fails where one is another. Files that are to be closed must belong to
 * this process's user, or it must be root's.
 */
public final class FolderFence {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(20);

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
                closeAndState(file);
            }
            if (!state.stands() || !state.token().equals(token)) {
                file.write(risen(token, true));
            }
            return token;
        });
    }

    private void closeAndState(FenceFile file) throws IOException {
        new FolderModes(folder).close(file);
        try (FenceFile.Additions additions = file.addFacts()) {
            walkFacts(additions::fact);
        }
    }

    /**
     * Waits until no process has a file open for writing, as one does that began before the fence: what it writes counts as written
     * before.
     *
     * @throws FenceBroken if one does not close it
     */
    public void awaitWriters(FenceToken token) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> first = writer();
        for (Optional<String> now = first; now.isPresent(); now = writer()) {
            if (System.nanoTime() > until) {
                throw new FenceBroken(
                        "fence the folder " + folder.name(),
                        "a file is still open for writing (" + now.get() + ")",
                        "stop that process");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        if (first.isPresent()) {
            restate(token);
        }
    }

    private Optional<String> writer() {
        return attempt("fence", () -> OpenFiles.first(folder.root()));
    }

    /**
     * Takes all files as they are for untouched, for whoever has changed some behind this fence.
     *
     * @throws FenceBroken if the folder is not fenced by this token
     */
    public void restate(FenceToken token) {
        requireStanding(token);
        attempt("fence", () -> {
            closeAndState(FenceFile.find(folder).orElseThrow());
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

    /** Whose fence it is, even one that does not stand yet. */
    public Optional<FenceToken> holder() {
        return attempt("read the fence of", () -> {
            Optional<FenceFile> file = FenceFile.find(folder);
            return file.isEmpty()
                    ? Optional.<FenceToken>empty()
                    : Optional.of(file.get().state().token());
        });
    }

    public void unfence(FenceToken token) {
        attempt("unfence", () -> {
            Optional<FenceFile> file = FenceFile.find(folder);
            if (file.isPresent()) {
                FenceFile.State state = file.get().state();
                requireMayLift(token, state.token(), "unfence");
                // Ended in the middle it does not stand any more: whoever fences the folder next closes it anew.
                file.get().write(new FenceFile.State(false, state.id(), state.token()));
                new FolderModes(folder).open(file.get());
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
            attempt("read the fence of", this::firstChange).ifPresent(name -> {
                throw new FenceBroken(
                        "rely on the fence of " + folder.name(),
                        "the file " + name + " was changed behind it, by root or by a process that had it open",
                        "stop that process, fence the folder and copy it again");
            });
        }
    }

    private Optional<String> firstChange() throws IOException {
        FenceFile file = FenceFile.find(folder).orElseThrow();
        Marks then = new Marks();
        file.readFacts(then::add);
        Marks now = new Marks();
        walkFacts(now::add);
        if (then.sorted().areThoseOf(now.sorted())) {
            return Optional.empty();
        }
        Changes changes = new Changes();
        walkFacts(fact -> changes.addUnless(then.has(fact), fact));
        file.readFacts(fact -> changes.addUnless(now.has(fact), fact));
        return Optional.of(changes.first);
    }

    /** Of the files that are others, the first by name. */
    private static final class Changes {
        private String first = "";

        void addUnless(boolean same, String fact) {
            String name = FenceFile.nameOf(fact);
            if (!same && (first.isEmpty() || name.compareTo(first) < 0)) {
                first = name;
            }
        }
    }

    /** Hears of a file as it is. */
    @FunctionalInterface
    private interface FactHearer {
        void hear(String fact) throws IOException;
    }

    private void walkFacts(FactHearer hearer) {
        folder.walk(new FolderWalk() {
            @Override
            public void file(Path path) throws IOException {
                String name = folder.names().escaped(path);
                hearer.hear(FenceFile.fact(Folder.item(name, path), name));
            }
        });
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
