package dev.slipway.redis.keys;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names of keys that may have been changed, in whichever database. Where there are too many, all may have been. Used by many threads. */
public final class ChangedKeys {
    private static final int MOST = 500_000;
    private static final long MOST_BYTES = 64 << 20;

    private final int most;
    private Set<ByteBuffer> names = new HashSet<>();
    private long bytes;
    private Optional<String> whyAll = Optional.empty();
    private boolean full;

    public ChangedKeys() {
        this(MOST);
    }

    ChangedKeys(int most) {
        this.most = most;
    }

    public synchronized void add(byte[] name) {
        if (whyAll.isPresent() || OurKeys.isOurs(name) || !names.add(ByteBuffer.wrap(name))) {
            return;
        }
        bytes += name.length;
        if (names.size() > most || bytes > MOST_BYTES) {
            addAll("more than " + (names.size() - 1) + " keys were changed");
        }
    }

    /** As long as there is room; the others are left out. */
    public synchronized void addWhileRoom(byte[] name) {
        if (names.size() < most && bytes + name.length <= MOST_BYTES) {
            add(name);
        } else {
            full = true;
        }
    }

    /** Whether some were left out. */
    public synchronized boolean isFull() {
        return full;
    }

    /** From now on every key counts as changed. */
    public synchronized void addAll(String why) {
        if (whyAll.isEmpty()) {
            whyAll = Optional.of(why);
            names = new HashSet<>();
        }
    }

    /** Why every key may have been changed; empty where those that were are known. */
    public synchronized Optional<String> whyAll() {
        return whyAll;
    }

    public synchronized int count() {
        return names.size();
    }

    /** Those so far, which count as changed no more. */
    public synchronized List<byte[]> take() {
        List<byte[]> taken = names.stream().map(ByteBuffer::array).toList();
        names = new HashSet<>();
        bytes = 0;
        return taken;
    }
}
