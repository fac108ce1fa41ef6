package dev.slipway.objects.place;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The files of a folder in the order in which S3 would list them. In memory are the names of the folders on the way down. */
final class FolderListing implements Listing {
    private final Folder folder;
    private final KeyRange range;
    private final Deque<Iterator<String>> open = new ArrayDeque<>();
    private @Nullable Item next;

    FolderListing(Folder folder, KeyRange range) {
        this.folder = folder;
        this.range = range;
        open.addFirst(folder.keys("", range));
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Item next() {
        Item item = next;
        if (item == null) {
            throw new NoSuchElementException();
        }
        advance();
        return item;
    }

    private void advance() {
        next = null;
        while (next == null && !open.isEmpty()) {
            Iterator<String> entries = open.getFirst();
            if (!entries.hasNext()) {
                open.removeFirst();
            } else {
                take(entries.next());
            }
        }
    }

    private void take(String key) {
        if (Folder.isFolder(key)) {
            open.addFirst(folder.keys(key, range));
        } else {
            next = folder.find(key).orElse(null);
        }
    }
}
