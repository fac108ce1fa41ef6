package dev.slipway.objects.place;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Consumer;

/** The keys that the names in a folder stand for, a folder at a time and in the order of keys; a folder's ends with a slash. */
final class FolderKeys {
    /** Enough to cut a folder into as many ranges as anybody wants. */
    private static final int MOST_OF_A_LEVEL = 4096;

    private final Folder folder;
    private final FolderLook look;

    FolderKeys(Folder folder, FolderLook look) {
        this.folder = folder;
        this.look = look;
    }

    static boolean isFolder(String key) {
        return key.endsWith("/");
    }

    KeyLevels.KeyLevel level(String below) {
        FolderEntries folders = new FolderEntries(below);
        FolderEntries files = new FolderEntries(below);
        each(below, key -> (isFolder(key) ? folders : files).add(key));
        return new KeyLevels.KeyLevel(
                folders.sorted().all(), files.sorted().evenly(MOST_OF_A_LEVEL), /* whole= */ true);
    }

    /**
     * What is right in a folder and may be in the range. What is gone meanwhile is empty.
     *
     * @throws dev.slipway.migration.exception.CopyFailed if a name cannot be a key
     */
    Iterator<String> in(String below, KeyRange range) {
        FolderEntries entries = new FolderEntries(below);
        each(below, key -> {
            if (isFolder(key) ? range.meets(key) : range.contains(key)) {
                entries.add(key);
            }
        });
        return entries.sorted();
    }

    private void each(String below, Consumer<String> hearer) {
        Path place = folder.names().ofKey(below);
        try {
            look.visit(place, new FolderWalk() {
                @Override
                public void file(Path path) {
                    hearer.accept(FolderCheck.key(folder, path));
                }

                @Override
                public boolean enters(Path path) {
                    hearer.accept(FolderCheck.key(folder, path) + "/");
                    return false;
                }
            });
        } catch (NoSuchFileException e) {
            // It was there when the folder above was read.
        } catch (IOException | DirectoryIteratorException e) {
            throw Folder.unreadable(place, e);
        }
    }
}
