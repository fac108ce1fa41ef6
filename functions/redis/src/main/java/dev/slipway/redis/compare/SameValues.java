package dev.slipway.redis.compare;

import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.RedisStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells of keys whether both sides hold the same: small ones by a look at them all, large ones piece by piece. */
public final class SameValues {
    private final Duration tolerance;
    private final Map<Place, KeySide> sides = new ConcurrentHashMap<>();

    public SameValues(Duration tolerance) {
        this.tolerance = tolerance;
    }

    /** Those of them that are not the same on both sides, in any order. */
    public List<byte[]> different(RedisStore source, RedisStore target, DatabasePair pair, List<byte[]> keys) {
        KeySide from = side(source, pair.source());
        KeySide to = side(target, pair.target());
        AlikeKeys alike = AlikeKeys.of(from, to, tolerance, keys);
        List<byte[]> different = new ArrayList<>(alike.unlike());
        different.addAll(alike.gone());
        for (List<TypedKey> group : alike.groups()) {
            different.addAll(different(from, to, group));
        }
        alike.large().stream().filter(key -> !isSame(from, to, key)).forEach(different::add);
        return different;
    }

    private List<byte[]> different(KeySide from, KeySide to, List<TypedKey> group) {
        List<WholeCompare.Verdict> verdicts = new WholeCompare(from, to).compare(group);
        List<byte[]> different = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            byte[] key = group.get(i).key();
            boolean same = switch (verdicts.get(i)) {
                case WholeCompare.Verdict.Same(WholeValue value) -> true;
                case WholeCompare.Verdict.Other() -> false;
                case WholeCompare.Verdict.Unclear() -> isSame(from, to, key);
            };
            if (!same) {
                different.add(key);
            }
        }
        return different;
    }

    private boolean isSame(KeySide from, KeySide to, byte[] key) {
        KeySide.Facts here = from.facts(key);
        return here.isAlike(to.facts(key), tolerance)
                && ValueCompare.of(here.type(), from, to, tolerance).compare(key) instanceof ValueCompare.Equal;
    }

    private record Place(RedisStore store, int database) {}

    private KeySide side(RedisStore store, int database) {
        return sides.computeIfAbsent(new Place(store, database), place -> KeySide.of(place.store, place.database));
    }
}
