package dev.slipway.objects.fence;

import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.FolderWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Takes the right to write from all that is in a folder, and gives it back by the fence's notes. */
final class FolderModes {
    private static final int WRITE = 0222;
    private static final int MODE = 07777;
    private static final int AT_ONCE = 10_000;

    private final Folder folder;

    FolderModes(Folder folder) {
        this.folder = folder;
    }

    /** Until a walk finds nothing that may be written: a file may be made while its folder is still open. */
    void close(FenceFile file) throws IOException {
        boolean closed = false;
        while (!closed) {
            Closing closing = new Closing(file);
            folder.walk(closing);
            closing.closeThese();
            closed = closing.found == 0;
        }
    }

    /** Notes modes and takes the right to write, some at a time. */
    private final class Closing implements FolderWalk {
        private final FenceFile notes;
        private final Map<String, Integer> open = new LinkedHashMap<>();
        private long found;

        Closing(FenceFile notes) {
            this.notes = notes;
        }

        @Override
        public void file(Path path) throws IOException {
            add(path);
        }

        @Override
        public void folder(Path path, boolean empty) throws IOException {
            add(path);
        }

        private void add(Path path) throws IOException {
            int mode = mode(path);
            if (!Files.isSymbolicLink(path) && (mode & WRITE) != 0) {
                open.put(folder.names().escaped(path), mode);
                found++;
            }
            if (open.size() == AT_ONCE) {
                closeThese();
            }
        }

        void closeThese() throws IOException {
            notes.addModes(open);
            for (Map.Entry<String, Integer> entry : open.entrySet()) {
                setMode(entry.getKey(), entry.getValue() & ~WRITE);
            }
            open.clear();
        }
    }

    /** The folder itself first: an app may write again as soon as it can. What is gone needs no mode. */
    void open(FenceFile file) throws IOException {
        openAgain(file, String::isEmpty);
        openAgain(file, name -> !name.isEmpty());
        file.delete();
    }

    private void openAgain(FenceFile file, Predicate<String> wanted) throws IOException {
        Set<Long> opened = new HashSet<>();
        try {
            file.readModes((name, mode) -> {
                if (wanted.test(name) && opened.add(Marks.of(name)) && isThere(name)) {
                    setModeUnchecked(name, mode);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean isThere(String name) {
        return Files.exists(folder.names().ofEscaped(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** One that could not be closed, because it is another user's, needs no opening. */
    private void setModeUnchecked(String name, int mode) {
        try {
            if (mode(folder.names().ofEscaped(name)) != mode) {
                setMode(name, mode);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & MODE;
    }

    private void setMode(String name, int mode) throws IOException {
        Files.setAttribute(folder.names().ofEscaped(name), "unix:mode", mode);
    }
}
