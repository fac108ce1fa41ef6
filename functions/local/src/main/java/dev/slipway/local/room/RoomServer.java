package dev.slipway.local.room;

import dev.slipway.migration.StoreUrl;

/** A real server that plays a managed one. */
sealed interface RoomServer extends AutoCloseable permits RoomPostgres, RoomRedis {
    String address();

    /** As the operator of the managed service, which the customer never is. */
    StoreUrl operator();

    /** At once, as if its machine had been switched off. */
    void kill();

    @Override
    void close();
}
