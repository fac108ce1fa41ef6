package dev.slipway.redis.compare;

import dev.slipway.redis.keys.ContentDigest;
import java.nio.ByteBuffer;

/**
 * A tally in which a key may be looked at again: it keeps of each what it was, in 48 bytes and some room. Two keys are taken for one
 * with a likelihood of n²/2⁶⁵, so it may serve for counting but never for leaving out work.
 */
final class KnownTally implements KeyTally {
    /** Of a key: a mark, the size of its value, and the digest over both. */
    private static final int WIDTH = 6;

    private static final int DIGEST = 2;
    private static final long GONE = -1;

    private final ContentDigest content = new ContentDigest();
    private long[] slots;
    private int used;
    private long items;
    private long bytes;

    /** @param expected how many keys there may be; there is room for more */
    KnownTally(long expected) {
        slots = new long[Math.toIntExact((Math.max(expected, 1 << 10) + 1) * 3 / 2) * WIDTH];
    }

    /** Whether so many keys take no more than a quarter of the worker's memory. */
    static boolean hasRoomFor(long keys) {
        return keys < Runtime.getRuntime().maxMemory() / 4 / (WIDTH * Long.BYTES * 3 / 2)
                && keys < Integer.MAX_VALUE / WIDTH / 3;
    }

    @Override
    public boolean same(int database, byte[] key, byte[] valueDigest, long size) {
        byte[] place = ContentDigest.text(Integer.toString(database));
        byte[] digest = ContentDigest.of(place, key, valueDigest);
        long mark = mark(place, key);
        synchronized (this) {
            int slot = slot(mark);
            boolean isNew = slots[slot] == 0;
            if (!isNew && holds(slot, digest)) {
                return false;
            }
            remove(slot);
            put(slot, mark, digest, size);
            if (isNew) {
                used++;
                makeRoom();
            }
            return true;
        }
    }

    @Override
    public void gone(int database, byte[] key) {
        long mark = mark(ContentDigest.text(Integer.toString(database)), key);
        synchronized (this) {
            int slot = slot(mark);
            if (slots[slot] != 0) {
                remove(slot);
            }
        }
    }

    @Override
    public synchronized Count count() {
        return new Count(items, bytes);
    }

    @Override
    public String digest() {
        return content.hex();
    }

    private static long mark(byte[] place, byte[] key) {
        return Math.max(1, ByteBuffer.wrap(ContentDigest.of(place, key)).getLong() & Long.MAX_VALUE);
    }

    /** Where the key is, or is to be. */
    private int slot(long mark) {
        int count = slots.length / WIDTH;
        int slot = (int) (mark % count);
        while (slots[slot * WIDTH] != 0 && slots[slot * WIDTH] != mark) {
            slot = (slot + 1) % count;
        }
        return slot * WIDTH;
    }

    private boolean holds(int slot, byte[] digest) {
        ByteBuffer words = ByteBuffer.wrap(digest);
        for (int i = DIGEST; i < WIDTH; i++) {
            if (slots[slot + i] != words.getLong()) {
                return false;
            }
        }
        return slots[slot + 1] != GONE;
    }

    private void put(int slot, long mark, byte[] digest, long size) {
        slots[slot] = mark;
        slots[slot + 1] = size;
        ByteBuffer words = ByteBuffer.wrap(digest);
        for (int i = DIGEST; i < WIDTH; i++) {
            slots[slot + i] = words.getLong();
        }
        content.add(digest);
        items++;
        bytes += size;
    }

    /** The mark stays, or others would not be found behind it. */
    private void remove(int slot) {
        if (slots[slot] == 0 || slots[slot + 1] == GONE) {
            return;
        }
        ByteBuffer digest = ByteBuffer.allocate((WIDTH - DIGEST) * Long.BYTES);
        for (int i = DIGEST; i < WIDTH; i++) {
            digest.putLong(slots[slot + i]);
        }
        content.remove(digest.array());
        items--;
        bytes -= slots[slot + 1];
        slots[slot + 1] = GONE;
    }

    private void makeRoom() {
        if (used < slots.length / WIDTH / 10 * 9) {
            return;
        }
        long[] former = slots;
        slots = new long[former.length * 2];
        for (int from = 0; from < former.length; from += WIDTH) {
            if (former[from] != 0) {
                System.arraycopy(former, from, slots, slot(former[from]), WIDTH);
            }
        }
    }
}
