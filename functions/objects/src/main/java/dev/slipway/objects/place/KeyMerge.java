package dev.slipway.objects.place;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads up to three sorted sequences side by side, key by key. Nothing but one item of each is in memory. */
public final class KeyMerge<A extends Keyed, B extends Keyed, C extends Keyed>
        implements Iterator<KeyMerge.Row<A, B, C>> {
    private final Head<A> first;
    private final Head<B> second;
    private final Head<C> third;

    public KeyMerge(Iterator<A> first, Iterator<B> second, Iterator<C> third) {
        this.first = new Head<>(first);
        this.second = new Head<>(second);
        this.third = new Head<>(third);
    }

    public static <A extends Keyed, B extends Keyed> KeyMerge<A, B, Keyed> of(Iterator<A> first, Iterator<B> second) {
        return new KeyMerge<>(first, second, List.<Keyed>of().iterator());
    }

    /** What each sequence has under one key. */
    public record Row<A, B, C>(String key, Optional<A> first, Optional<B> second, Optional<C> third) {}

    @Override
    public boolean hasNext() {
        return first.key() != null || second.key() != null || third.key() != null;
    }

    @Override
    public Row<A, B, C> next() {
        String key = Stream.of(
                        Optional.ofNullable(first.key()),
                        Optional.ofNullable(second.key()),
                        Optional.ofNullable(third.key()))
                .flatMap(Optional::stream)
                .min(KeyOrder.INSTANCE)
                .orElseThrow(NoSuchElementException::new);
        return new Row<>(key, first.take(key), second.take(key), third.take(key));
    }

    /** A sequence and the item of it that is next. */
    private static final class Head<T extends Keyed> {
        private final Iterator<T> items;
        private @Nullable T next;

        Head(Iterator<T> items) {
            this.items = items;
            advance();
        }

        @Nullable
        String key() {
            return next == null ? null : next.key();
        }

        Optional<T> take(String key) {
            if (next == null || !next.key().equals(key)) {
                return Optional.empty();
            }
            T taken = Objects.requireNonNull(next);
            advance();
            return Optional.of(taken);
        }

        private void advance() {
            next = items.hasNext() ? items.next() : null;
        }
    }
}
