package dev.slipway.postgres.compare;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The fingerprints of one side in a scratch file, by parts whose sizes are known before. Not for several threads. */
final class SpilledFingerprints implements AutoCloseable {
    private static final int BYTES = 5 * Long.BYTES;
    private static final int BUFFER = 100 * BYTES;

    private final ScratchFile file = ScratchFile.open();
    private final List<Part> parts = new ArrayList<>();

    SpilledFingerprints(List<Long> rows) {
        long start = 0;
        for (long size : rows) {
            parts.add(new Part(start));
            start += size * BYTES;
        }
    }

    public void add(int part, Fingerprint fingerprint) {
        parts.get(part).add(fingerprint);
    }

    public List<Fingerprint> read(int part) {
        return parts.get(part).read();
    }

    @Override
    public void close() {
        file.close();
    }

    /** A stretch of the file. */
    private final class Part {
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private final long start;
        private long end;

        Part(long start) {
            this.start = start;
            this.end = start;
        }

        void add(Fingerprint fingerprint) {
            if (buffer.remaining() < BYTES) {
                flush();
            }
            buffer.putLong(fingerprint.key())
                    .putLong(fingerprint.keyRest())
                    .putLong(fingerprint.row())
                    .putLong(fingerprint.rowRest())
                    .putLong(fingerprint.place());
        }

        private void flush() {
            int filled = buffer.position();
            file.write(buffer, end);
            end += filled;
        }

        List<Fingerprint> read() {
            flush();
            List<Fingerprint> all = new ArrayList<>((int) ((end - start) / BYTES));
            for (long at = start; at < end; at += BUFFER) {
                ByteBuffer read = file.read(ByteBuffer.allocate((int) Math.min(BUFFER, end - at)), at);
                while (read.hasRemaining()) {
                    all.add(new Fingerprint(
                            read.getLong(), read.getLong(), read.getLong(), read.getLong(), read.getLong()));
                }
            }
            return all;
        }
    }
}
