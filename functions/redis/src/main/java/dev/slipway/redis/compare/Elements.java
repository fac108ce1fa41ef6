package dev.slipway.redis.compare;

import io.lettuce.core.RedisFuture;
import java.util.List;
import java.util.Optional;

/**
 * What lists and sorted sets do differently.
 *
 * @param <E> what they have one of at each place
 */
interface Elements<E> {
    /** Those from one place to another, both included, or as many as there are. */
    RedisFuture<List<E>> range(KeySide side, byte[] key, long from, long to);

    boolean isSame(E one, E other);

    long bytes(E element);

    void add(ValueDigest digest, E element);

    /** @param wanted what the source has at the first place at which they differ, if it has anything there */
    ValueCompare.Unequal unequal(KeySide source, KeySide target, byte[] key, long place, Optional<E> wanted);
}
