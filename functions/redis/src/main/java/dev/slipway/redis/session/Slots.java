package dev.slipway.redis.session;

import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Some of the slots that keys hash to, of which a cluster gives each of its servers some; a single server has all of them. */
public final class Slots {
    public static final Slots ALL = between(0, SlotHash.SLOT_COUNT - 1);

    private static final Pattern RUN = Pattern.compile("(\\d+)-(\\d+)");

    private final BitSet slots;
    private final int count;

    private Slots(BitSet slots) {
        this.slots = slots;
        this.count = slots.cardinality();
    }

    public static Slots of(Collection<Integer> numbers) {
        BitSet set = new BitSet(SlotHash.SLOT_COUNT);
        numbers.forEach(set::set);
        return new Slots(set);
    }

    /** Both included. */
    static Slots between(int first, int last) {
        BitSet set = new BitSet(SlotHash.SLOT_COUNT);
        set.set(first, last + 1);
        return new Slots(set);
    }

    /** What {@link #toString} has written. */
    public static Slots parse(String text) {
        BitSet set = new BitSet(SlotHash.SLOT_COUNT);
        RUN.matcher(text)
                .results()
                .forEach(run -> set.set(Integer.parseInt(run.group(1)), Integer.parseInt(run.group(2)) + 1));
        return new Slots(set);
    }

    /** Where all are wanted no key is hashed. */
    public boolean has(byte[] key) {
        return count == SlotHash.SLOT_COUNT || slots.get(SlotHash.getSlot(key));
    }

    public int count() {
        return count;
    }

    /** Those of both. */
    public Slots and(Slots other) {
        BitSet both = (BitSet) slots.clone();
        both.and(other.slots);
        return new Slots(both);
    }

    /** In their order, those from one place on and before another. */
    public Slots part(int from, int to) {
        BitSet part = new BitSet(SlotHash.SLOT_COUNT);
        slots.stream().skip(from).limit(Math.max(0, to - from)).forEach(part::set);
        return new Slots(part);
    }

    /** Runs of them, as {@code 0-99,200-5460}. */
    @Override
    public String toString() {
        List<String> runs = new ArrayList<>();
        int end;
        for (int first = slots.nextSetBit(0); first >= 0; first = slots.nextSetBit(end)) {
            end = slots.nextClearBit(first);
            runs.add(first + "-" + (end - 1));
        }
        return String.join(",", runs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slots those && slots.equals(those.slots);
    }

    @Override
    public int hashCode() {
        return slots.hashCode();
    }
}
