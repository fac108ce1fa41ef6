package dev.slipway.objects.manifest;

import dev.slipway.objects.place.KeyRange;
import java.util.List;

/**
 * One copy of a pair of places, however many calls it takes.
 *
 * @param number from 1
 * @param ground under which it lists: a fence's, or empty without one
 * @param ranges each is listed by itself; later passes keep them
 * @param finished whether all of it was done
 */
public record Pass(int number, String ground, List<KeyRange> ranges, boolean finished) {
    public Pass {
        ranges = List.copyOf(ranges);
    }

    Pass done() {
        return new Pass(number, ground, ranges, true);
    }
}
