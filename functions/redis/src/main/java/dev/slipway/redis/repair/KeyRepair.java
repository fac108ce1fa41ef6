package dev.slipway.redis.repair;

import dev.slipway.migration.ReadLimit;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.pieces.PiecewiseCopy;
import dev.slipway.redis.session.Pipeline;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RestoreArgs;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Makes single keys of a target the same as the source's; used by many threads. */
final class KeyRepair {
    private final Pipeline source;
    private final Pipeline target;
    private final DatabasePair pair;
    private final Leftovers left;
    private final PiecewiseCopy pieces = new PiecewiseCopy(ReadLimit.of(0), () -> {});
    private final LongAdder removed = new LongAdder();
    private final LongAdder written = new LongAdder();

    KeyRepair(RedisStore source, RedisStore target, DatabasePair pair, Leftovers left) {
        this.source = source.shared(pair.source());
        this.target = target.shared(pair.target());
        this.pair = pair;
        this.left = left;
    }

    long removed() {
        return removed.sum();
    }

    long written() {
        return written.sum();
    }

    void replace(byte[] key) {
        switch (pieces.copy(source, target, key)) {
            case PiecewiseCopy.Written written -> {
                this.written.increment();
                if (written.fieldTimesLost()) {
                    left.add(
                            "has fields that expire, which the target's version cannot do: use a target of Redis 7.4 or later",
                            pair.source(),
                            key);
                }
            }
            case PiecewiseCopy.Gone _ -> removed.increment();
            case PiecewiseCopy.UnknownType unknown -> restore(key, unknown.type());
        }
    }

    /** A module's value, of which there is nothing but its dump. */
    private void restore(byte[] key, String type) {
        Dump dump = Dump.request(source, List.of(key)).await().getFirst();
        if (!dump.exists()) {
            target.ask(commands -> commands.unlink(key));
            removed.increment();
            return;
        }
        RestoreArgs how = RestoreArgs.Builder.ttl(Math.max(0, dump.expiry().millis()))
                .replace()
                .absttl(dump.expiry().isVolatile());
        try {
            target.ask(commands -> commands.restore(key, dump.payload(), how));
            written.increment();
        } catch (RedisCommandExecutionException e) {
            left.add(
                    "is of the type " + type + " of a module, and the target answers '" + RedisStore.reason(e)
                            + "': load the same module there, or make it anew",
                    pair.source(),
                    key);
        }
    }
}
