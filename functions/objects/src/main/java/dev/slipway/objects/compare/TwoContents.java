package dev.slipway.objects.compare;

import dev.slipway.objects.session.Crc64;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Two contents, held against each other byte by byte; the checksums are what a person is told. */
record TwoContents(boolean same, long bytes, long bytesThere, String checksum, String checksumThere) {
    private static final int BUFFER = 1 << 16;

    /** In turns, so that neither connection waits for the other's end. */
    static TwoContents read(InputStream first, InputStream second) throws IOException {
        byte[] here = new byte[BUFFER];
        byte[] there = new byte[BUFFER];
        Crc64 crc = new Crc64();
        Crc64 crcThere = crc;
        boolean same = true;
        long bytes = 0;
        long bytesThere = 0;
        boolean more = true;
        while (more) {
            int read = first.readNBytes(here, 0, BUFFER);
            int readThere = second.readNBytes(there, 0, BUFFER);
            if (same && !Arrays.equals(here, 0, read, there, 0, readThere)) {
                same = false;
                crcThere = crc.copy();
            }
            crc.update(here, 0, read);
            if (!same) {
                crcThere.update(there, 0, readThere);
            }
            bytes += read;
            bytesThere += readThere;
            more = read == BUFFER || readThere == BUFFER;
        }
        return new TwoContents(same, bytes, bytesThere, crc.text(), crcThere.text());
    }
}
