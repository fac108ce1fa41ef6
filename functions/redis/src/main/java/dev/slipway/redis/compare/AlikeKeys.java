package dev.slipway.redis.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keys by what is known of them without their values.
 *
 * @param groups those that have the same type and expiry on both sides, as many together as may be held at once
 * @param large those that are alike, and too large to be read whole
 * @param unlike those that cannot be the same, or are on one side only
 * @param gone those that are on neither side
 */
record AlikeKeys(List<List<TypedKey>> groups, List<byte[]> large, List<byte[]> unlike, List<byte[]> gone) {
    /** What is larger is read in pieces. */
    private static final long LARGE = 1 << 20;
    /** How much of each side is held at once. */
    private static final long BYTES = 8 << 20;

    static AlikeKeys of(KeySide source, KeySide target, Duration tolerance, List<byte[]> keys) {
        Supplier<List<KeySide.Facts>> wanted = source.facts(keys);
        List<KeySide.Facts> found = target.facts(keys).get();
        List<KeySide.Facts> facts = wanted.get();
        AlikeKeys alike = new AlikeKeys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        long held = BYTES;
        for (int i = 0; i < keys.size(); i++) {
            KeySide.Facts here = facts.get(i);
            long memory = Math.max(here.memory(), found.get(i).memory());
            if (here.isGone() && found.get(i).isGone()) {
                alike.gone.add(keys.get(i));
            } else if (!here.isAlike(found.get(i), tolerance)) {
                alike.unlike.add(keys.get(i));
            } else if (memory > LARGE) {
                alike.large.add(keys.get(i));
            } else {
                if (held + memory > BYTES) {
                    alike.groups.add(new ArrayList<>());
                    held = 0;
                }
                alike.groups.getLast().add(new TypedKey(keys.get(i), here.type()));
                held += memory;
            }
        }
        return alike;
    }
}
