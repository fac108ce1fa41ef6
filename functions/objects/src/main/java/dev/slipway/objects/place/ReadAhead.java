package dev.slipway.objects.place;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A listing that only knows whether there is an item more when it has read it. */
abstract class ReadAhead implements Listing {
    private @Nullable Item next;
    private boolean ended;

    /** The next item; null after the last one, and not asked again then. */
    abstract @Nullable Item read();

    @Override
    public final boolean hasNext() {
        if (next == null && !ended) {
            next = read();
            ended = next == null;
        }
        return next != null;
    }

    @Override
    public final Item next() {
        Item item = hasNext() ? next : null;
        if (item == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return item;
    }
}
