package dev.slipway.redis.follow;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.keys.DatabasePair;

/** How one side of a stream is named to the other. */
final class Side {
    /** No app has a name with blanks. */
    private static final String TURNED = "turned to ";

    private Side() {}

    /** Stands on a side whose writes that one has taken. */
    static FenceToken turnedTo(StoreUrl writer) {
        return new FenceToken(TURNED + DatabasePair.place(writer), 1);
    }
}
