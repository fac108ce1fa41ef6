package dev.slipway.redis.follow;

import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.RedisStore;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Of the commands that say who of two servers takes the writes the last one is the only one. An earlier one that hangs may have looked at
 * both long ago: its connections are ended, by which alone it could open or close either, and so it is as if it had been killed there.
 */
record SoleTurn(RedisStore from, RedisStore to) implements AutoCloseable {
    private static final String NAME = "slipway-turn-";
    private static final int LETTERS = 12;

    /** Returns when no other one goes on. */
    static SoleTurn claim(StoreUrl writer, StoreUrl follower) {
        RedisStore from = RedisStore.open(writer);
        try {
            RedisStore to = RedisStore.open(follower);
            try {
                String beginning = NAME + pair(writer, follower) + "-";
                String rest = UUID.randomUUID().toString();
                from.takeOver(beginning, rest);
                to.takeOver(beginning, rest);
                return new SoleTurn(from, to);
            } catch (RuntimeException e) {
                to.close();
                throw e;
            }
        } catch (RuntimeException e) {
            from.close();
            throw e;
        }
    }

    /** The same for both directions. */
    private static String pair(StoreUrl writer, StoreUrl follower) {
        String places =
                Stream.of(writer, follower).map(DatabasePair::place).sorted().collect(Collectors.joining(" "));
        return Sha256.hex(places.getBytes(StandardCharsets.UTF_8)).substring(0, LETTERS);
    }

    @Override
    public void close() {
        from.close();
        to.close();
    }
}
