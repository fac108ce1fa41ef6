package dev.slipway.redis.compare;

import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.RedisStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells of a single key whether both sides hold the same, piece by piece. */
public final class SameValue {
    private final Duration tolerance;
    private final Map<Place, KeySide> sides = new ConcurrentHashMap<>();

    public SameValue(Duration tolerance) {
        this.tolerance = tolerance;
    }

    public boolean isSame(RedisStore source, RedisStore target, DatabasePair pair, byte[] key) {
        KeySide from = side(source, pair.source());
        KeySide to = side(target, pair.target());
        KeySide.Facts here = from.facts(key);
        KeySide.Facts there = to.facts(key);
        return !here.isGone()
                && here.type().equals(there.type())
                && here.expiry().isNear(there.expiry(), tolerance)
                && ValueCompare.of(here.type(), from, to, tolerance).compare(key) instanceof ValueCompare.Equal;
    }

    private record Place(RedisStore store, int database) {}

    private KeySide side(RedisStore store, int database) {
        return sides.computeIfAbsent(new Place(store, database), place -> KeySide.of(place.store, place.database));
    }
}
