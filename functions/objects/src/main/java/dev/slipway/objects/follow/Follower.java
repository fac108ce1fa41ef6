package dev.slipway.objects.follow;

import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectPlace;
import dev.slipway.objects.place.ObjectReader;
import java.io.IOException;
import java.util.Optional;

/** The side that follows. Nothing of what somebody else has put there is changed. */
interface Follower extends AutoCloseable {
    ObjectPlace place();

    /** The writer's objects as they can be here. */
    ObjectReader wanted();

    /** Whether an object that is there is the one that was put there. */
    boolean isAsKnown(Item now, Item known);

    /** Whether an object that was there is another only because one of ours is, which it leads to. */
    boolean isLink(Item now);

    /**
     * Puts an object there, as it is when it is read.
     *
     * @param seen what is there
     * @return both, or empty where the writer does not have it any more
     * @throws dev.slipway.migration.exception.SlipwayException if something else is there by now
     */
    Optional<Sent> put(Item from, Optional<Item> seen) throws IOException;

    /** @throws dev.slipway.migration.exception.SlipwayException if something else is there by now */
    void delete(Item seen) throws IOException;

    /** Is called when a pass has changed something. */
    void changed() throws IOException;

    @Override
    void close();

    /** An object that has arrived. */
    record Sent(Item writer, Item follower) {}
}
