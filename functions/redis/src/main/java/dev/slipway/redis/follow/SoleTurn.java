package dev.slipway.redis.follow;

import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.Answers;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.KillArgs;
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
                String rest = UUID.randomUUID().toString();
                from.takeOver(beginning(writer, follower), rest);
                to.takeOver(beginning(writer, follower), rest);
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

    /** Ends every connection to that server by which a command could open or close it for this pair, but this one. */
    static void endOthers(RedisStore side, StoreUrl one, StoreUrl other) {
        side.takeOver(beginning(one, other), UUID.randomUUID().toString());
    }

    /** Asks a side anything: by a connection that a later turn has ended there is no answer. */
    static void demandGoingOn(RedisStore side) {
        side.await(side.server(0).ping());
    }

    /** A connection that the next of them ends. */
    static RedisStore join(StoreUrl side, StoreUrl other) {
        RedisStore store = RedisStore.open(side);
        try {
            store.name(beginning(side, other) + UUID.randomUUID());
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Whether our login may end others' connections there, and name its own. */
    static boolean isPossible(RedisStore side) {
        return Answers.allowed(side, side.server(0).clientList()).isPresent()
                && Answers.allowed(side, side.server(0).clientKill(KillArgs.Builder.id(Long.MAX_VALUE)))
                        .isPresent()
                && Answers.allowed(side, side.server(0).clientSetname(new byte[0]))
                        .isPresent();
    }

    private static String beginning(StoreUrl one, StoreUrl other) {
        return NAME + pair(one, other) + "-";
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
