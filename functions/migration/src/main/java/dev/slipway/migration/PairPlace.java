package dev.slipway.migration;

import java.nio.file.Path;

/**
 * Where it is remembered what was done between two stores, and by whom it is done.
 *
 * @param name for messages
 * @param owned whether whatever the target holds may be replaced as long as it follows
 */
public record PairPlace(String name, CopyNotes notes, PairLock lock, boolean owned) {

    /** A folder of this machine, for a target that may hold somebody's objects. */
    public static PairPlace folder(Path folder) {
        return new PairPlace(
                folder.toString(),
                new CopyNotes(new FolderArtifacts(folder), ""),
                new FolderLock(folder),
                /* owned= */ false);
    }
}
