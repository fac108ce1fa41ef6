package dev.slipway.redis.copy;

import dev.slipway.redis.session.Slots;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts databases, or the servers of a cluster, into parts of about as many keys by the slots that keys hash to. They are laid end to
 * end and the whole is cut evenly, so that neighbours share a part and as few as possible are read by two workers: who reads some
 * slots of a server has to be told the names of all its keys.
 */
final class SlotCuts {
    private SlotCuts() {}

    /**
     * What one SCAN goes through.
     *
     * @param keys how many it has
     */
    record Stretch(int database, Slots slots, long keys) {}

    /** Some slots of a database. */
    record Cut(int database, Slots slots) {}

    /** No more parts than wanted, none of which is empty. */
    static List<List<Cut>> of(List<Stretch> stretches, int wanted) {
        double whole = stretches.stream().mapToDouble(SlotCuts::weight).sum();
        List<List<Cut>> parts = new ArrayList<>();
        for (int part = 0; part < wanted; part++) {
            List<Cut> cuts = part(stretches, whole * part / wanted, whole * (part + 1) / wanted);
            if (!cuts.isEmpty()) {
                parts.add(cuts);
            }
        }
        return parts;
    }

    private static List<Cut> part(List<Stretch> stretches, double from, double to) {
        List<Cut> cuts = new ArrayList<>();
        double begin = 0;
        for (Stretch stretch : stretches) {
            int first = place(stretch, from - begin);
            int end = place(stretch, to - begin);
            if (first < end) {
                cuts.add(new Cut(stretch.database, stretch.slots.part(first, end)));
            }
            begin += weight(stretch);
        }
        return cuts;
    }

    /** How many of the stretch's slots lie before a place in it. */
    private static int place(Stretch stretch, double place) {
        int slots = stretch.slots.count();
        return Math.clamp(Math.round(place / weight(stretch) * slots), 0, slots);
    }

    private static double weight(Stretch stretch) {
        return Math.max(1, stretch.keys);
    }
}
