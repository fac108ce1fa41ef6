package dev.slipway.objects.place;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Gives single objects of a place, as they were listed. */
public interface ObjectReader {

    /**
     * The object's headers, and its content from the beginning.
     *
     * @throws ObjectChanged if it is another than the one that was listed, or gone
     */
    Opened open(Item item) throws IOException;

    /**
     * The content of a part of the object.
     *
     * @throws ObjectChanged if it is another than the one that was listed, or gone
     */
    InputStream open(Item item, long from, long bytes) throws IOException;

    /**
     * What is known of an object without its content.
     *
     * @throws ObjectChanged if it is another than the one that was listed
     */
    Known know(Item item) throws IOException;

    /** The object as it is now, or empty where it is gone. */
    Optional<Item> find(String key) throws IOException;

    /** Whether the key is listed: a store may list one that it then does not know. */
    boolean lists(String key) throws IOException;

    /** Whether the object is still the one that was listed. */
    default boolean isUnchanged(Item item) throws IOException {
        return find(item.key()).filter(item::equals).isPresent();
    }

    /** A person's name for the place. */
    String name();

    /** An object under way. */
    record Opened(Headers headers, InputStream content) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /**
     * An object's facts.
     *
     * @param checksum CRC64NVME of its content, where the store keeps it
     */
    record Known(Headers headers, Optional<String> checksum) {}
}
