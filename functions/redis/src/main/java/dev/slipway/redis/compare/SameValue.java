package dev.slipway.redis.compare;

import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.RedisStore;
import java.time.Duration;

/** Tells of a single key whether both sides hold the same, piece by piece. */
public final class SameValue {
    private final Duration tolerance;

    public SameValue(Duration tolerance) {
        this.tolerance = tolerance;
    }

    public boolean isSame(RedisStore source, RedisStore target, DatabasePair pair, byte[] key) {
        KeySide from = new KeySide(source, pair.source());
        KeySide to = new KeySide(target, pair.target());
        KeySide.Facts here = from.facts(key);
        KeySide.Facts there = to.facts(key);
        return !here.isGone()
                && here.type().equals(there.type())
                && here.expiry().isNear(there.expiry(), tolerance)
                && ValueCompare.of(here.type(), from, to, tolerance).compare(key) instanceof ValueCompare.Equal;
    }
}
