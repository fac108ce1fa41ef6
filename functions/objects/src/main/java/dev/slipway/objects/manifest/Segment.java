package dev.slipway.objects.manifest;

import dev.slipway.objects.place.KeyRange;
import java.util.List;

/**
 * A run of a range's objects that is noted at once.
 *
 * @param number in its range, from 0
 * @param keys all keys that it speaks of, also those that neither side has
 * @param ends whether it is the last of its range
 */
public record Segment(int number, KeyRange keys, boolean ends, List<Noted> objects) {
    public Segment {
        objects = List.copyOf(objects);
    }
}
