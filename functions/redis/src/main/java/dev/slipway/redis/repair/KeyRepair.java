package dev.slipway.redis.repair;

import dev.slipway.migration.ReadLimit;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.pieces.PiecewiseCopy;
import dev.slipway.redis.session.Pipeline;
import dev.slipway.redis.session.RedisStore;
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
            case PiecewiseCopy.UnknownType(String type) ->
                left.add(
                        "is of the type " + type
                                + " of a module, which the target does not take: load the same module there, or make it anew",
                        pair.source(),
                        key);
        }
    }
}
