package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import io.lettuce.core.RedisCommandExecutionException;

/** Says in our words that a server refused to be read. */
public final class Refused {
    private Refused() {}

    public static StoreUnreachable reading(String verb, StoreUrl url, RedisCommandExecutionException e) {
        return new StoreUnreachable(
                verb + " the Redis at " + url.host() + ":" + url.port(6379),
                "it answered '" + RedisStore.reason(e) + "'",
                "give the URL of a user who may read everything",
                e);
    }
}
