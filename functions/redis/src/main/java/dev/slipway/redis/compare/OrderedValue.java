package dev.slipway.redis.compare;

import io.lettuce.core.RedisFuture;
import java.util.List;
import java.util.Optional;

/** Compares lists and sorted sets piece by piece: both servers give the same order. */
final class OrderedValue<E> implements ValueCompare {
    private final KeySide source;
    private final KeySide target;
    private final Elements<E> elements;

    OrderedValue(KeySide source, KeySide target, Elements<E> elements) {
        this.source = source;
        this.target = target;
        this.elements = elements;
    }

    @Override
    public Outcome compare(byte[] key) {
        ValueDigest digest = new ValueDigest();
        PieceWidth width = new PieceWidth();
        long from = 0;
        while (true) {
            long to = from + width.get() - 1;
            RedisFuture<List<E>> here = elements.range(source, key, from, to);
            RedisFuture<List<E>> there = elements.range(target, key, from, to);
            List<E> wanted = source.await(here);
            int unequal = mismatch(wanted, target.await(there));
            if (unequal >= 0) {
                Optional<E> first = wanted.stream().skip(unequal).findFirst();
                return elements.unequal(source, target, key, from + unequal, first);
            }
            wanted.forEach(element -> elements.add(digest, element));
            if (wanted.size() <= to - from) {
                return new Equal(digest);
            }
            from += wanted.size();
            width.learn(
                    wanted.size(), wanted.stream().mapToLong(elements::bytes).sum());
        }
    }

    private int mismatch(List<E> wanted, List<E> found) {
        int common = Math.min(wanted.size(), found.size());
        for (int i = 0; i < common; i++) {
            if (!elements.isSame(wanted.get(i), found.get(i))) {
                return i;
            }
        }
        return wanted.size() == found.size() ? -1 : common;
    }
}
