package dev.slipway.objects.place;

import dev.slipway.migration.Finding;
import java.util.List;

/** A folder or a bucket's prefix: what is in it, and each object's content. */
public interface ObjectPlace extends ObjectReader {

    /** The objects of a range, in order; close it where it is not read to its end. */
    Listing list(KeyRange range);

    /**
     * Looks, before anything is changed, for what would end a copy in its middle.
     *
     * @return what is no object and stays behind
     * @throws dev.slipway.migration.exception.SlipwayException if something cannot be read, or cannot be an object
     */
    default List<Finding> requireCopyable() {
        return List.of();
    }

    /** All keys as ranges, one after another, about as many as wanted, that may be listed at once. */
    List<KeyRange> cut(int wanted);
}
