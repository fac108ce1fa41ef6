package dev.slipway.objects.place;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The files of a folder in the order in which S3 would list them. In memory are the names of the folders on the way down. */
final class FolderListing extends ReadAhead {
    private final Folder folder;
    private final FolderKeys keys;
    private final KeyRange range;
    private final Deque<Iterator<String>> open = new ArrayDeque<>();

    FolderListing(Folder folder, FolderKeys keys, KeyRange range) {
        this.folder = folder;
        this.keys = keys;
        this.range = range;
        open.addFirst(keys.in("", range));
    }

    @Override
    @Nullable
    Item read() {
        while (!open.isEmpty()) {
            Iterator<String> entries = open.getFirst();
            if (!entries.hasNext()) {
                open.removeFirst();
                continue;
            }
            String key = entries.next();
            if (FolderKeys.isFolder(key)) {
                open.addFirst(keys.in(key, range));
            } else {
                Item found = folder.find(key).orElse(null);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
