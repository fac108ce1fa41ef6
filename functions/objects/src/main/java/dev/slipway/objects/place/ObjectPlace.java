package dev.slipway.objects.place;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A folder or a bucket's prefix: what is in it, and each object's content. */
public interface ObjectPlace {

    /** The objects of a range, in order; close it where it is not read to its end. */
    Listing list(KeyRange range);

    /** All keys as ranges, one after another, about as many as wanted, that may be listed at once. */
    List<KeyRange> cut(int wanted);

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
