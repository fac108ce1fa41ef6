package dev.slipway.objects.place;

import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;

/** A folder or a bucket's prefix: what is in it, and each object's content. */
public interface ObjectPlace {

    /** All objects by key, in the order of the keys. */
    SortedMap<String, Item> list();

    /** The object's headers, and its content from the beginning. */
    Opened open(Item item) throws IOException;

    /** Whether the object is still the one that was listed. */
    boolean isUnchanged(Item item) throws IOException;

    /** A person's name for the place. */
    String name();

    /** An object under way. */
    record Opened(Headers headers, InputStream content) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
