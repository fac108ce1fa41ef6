package dev.slipway.redis.keys;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Tells what SCAN gives twice, in 8 to 16 bytes for each key whatever its length. Two keys are taken for one with a likelihood of
 * n²/2⁶⁵, so it may serve for counting but never for leaving out work.
 */
public final class SeenKeys {
    private long[] slots = new long[1 << 10];
    private int used;

    /** Whether it is new. */
    public synchronized boolean add(byte[] digest) {
        if (2 * used >= slots.length) {
            grow();
        }
        return insert(Math.max(1, ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE));
    }

    private boolean insert(long mark) {
        int slot = (int) (mark & (slots.length - 1));
        while (slots[slot] != 0) {
            if (slots[slot] == mark) {
                return false;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = mark;
        used++;
        return true;
    }

    private void grow() {
        long[] former = slots;
        slots = new long[former.length * 2];
        used = 0;
        Arrays.stream(former).filter(mark -> mark != 0).forEach(this::insert);
    }
}
