package dev.slipway.redis.replication;

import com.moilioncircle.redis.replicator.io.RedisInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Keeps the bytes that are read between two moments as they came, up to a size: a larger value goes by without being held. */
final class RdbStream extends RedisInputStream {
    private static final int BUFFER = 1 << 18;
    private static final int NOWHERE = -1;

    private final int most;
    private byte[] kept = new byte[1 << 16];
    private int length;
    private int from = NOWHERE;
    private boolean exceeded;

    /** @param most bytes that are kept at once */
    RdbStream(InputStream in, int most) {
        super(in, BUFFER);
        this.most = most;
    }

    void begin() {
        from = head;
        length = 0;
        exceeded = false;
    }

    void end() {
        keep(head);
        from = NOWHERE;
    }

    /** Whether there was more than may be kept; then it is lost. */
    boolean isExceeded() {
        return exceeded;
    }

    /** What was read; the first {@link #length()} bytes count, until the next beginning. */
    byte[] kept() {
        return kept;
    }

    int length() {
        return length;
    }

    /** A line of the protocol; a server that is not ready yet sends empty ones. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = read(); each != '\n'; each = read()) {
            line.append((char) each);
        }
        return line.toString().strip();
    }

    // The library's own would copy what is skipped for listeners, of which there are none.
    @Override
    public long skip(long count, boolean notify) throws IOException {
        return super.skip(count, false);
    }

    @Override
    protected void fill() throws IOException {
        if (from == NOWHERE) {
            super.fill();
        } else {
            keep(tail);
            super.fill();
            from = 0;
        }
    }

    private void keep(int end) {
        int added = end - from;
        if (exceeded || length + added > most) {
            exceeded = true;
            return;
        }
        if (length + added > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(length + added, 2 * kept.length));
        }
        System.arraycopy(buf, from, kept, length, added);
        length += added;
    }
}
