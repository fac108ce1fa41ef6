package dev.slipway.redis.follow;

import dev.slipway.migration.AppAccess;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;

/** A managed server, whose account takes the app its right to write and leaves us ours. */
record AccountDoor(AppAccess access, StoreUrl ours) implements Door {

    @Override
    public void close(RedisStore side) {
        SoleTurn.demandGoingOn(side);
        access.close();
    }

    @Override
    public StoreUrl ours(RedisStore side) {
        return ours;
    }

    @Override
    public void open(RedisStore side) {
        SoleTurn.demandGoingOn(side);
        access.open();
    }
}
