package dev.slipway.objects.place;

import java.io.IOException;
import java.nio.file.Path;

/** Hears what is in a folder. */
public interface FolderWalk {
    /** A regular file of the folder, or a link to one. */
    default void file(Path path) throws IOException {}

    /** Whether what is in a folder is shown, too. */
    default boolean enters(Path path) throws IOException {
        return true;
    }

    /** The folder itself or one in it, after what is in it. */
    default void folder(Path path, boolean empty) throws IOException {}

    /** What is no object. */
    default void other(Path path, String what) throws IOException {}
}
