package dev.slipway.objects.follow;

import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.Keyed;

/**
 * An object that was brought over, or found the same.
 *
 * @param source as it was there; without a stamp where it may have been written since
 * @param target as it was there; without a stamp where it was not listed since it was put there
 * @param proof a word for content and attributes where both sides were read and were the same, otherwise empty
 */
record Twin(Item source, Item target, String proof) implements Keyed {
    @Override
    public String key() {
        return source.key();
    }

    static Twin of(Direction direction, Item writer, Item follower, String proof) {
        return direction == Direction.FORTH ? new Twin(writer, follower, proof) : new Twin(follower, writer, proof);
    }

    Item writer(Direction direction) {
        return direction == Direction.FORTH ? source : target;
    }

    Item follower(Direction direction) {
        return direction == Direction.FORTH ? target : source;
    }
}
