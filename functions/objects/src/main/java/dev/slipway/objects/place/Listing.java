package dev.slipway.objects.place;

import java.util.Iterator;

/** Items in the order of {@link KeyOrder}, read as they are asked for. */
public interface Listing extends Iterator<Item>, AutoCloseable {
    @Override
    default void close() {}
}
