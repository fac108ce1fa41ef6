package dev.slipway.objects.session;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a store says: lines, and between them bytes. A long run of bytes does not take the way through the buffer. */
final class WireInput extends InputStream {
    private static final int BUFFER = 1 << 15;
    private static final int LONGEST_LINE = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    WireInput(InputStream in) {
        this.in = in;
    }

    /** Up to the next line feed, each byte a letter. */
    String line() throws IOException {
        StringBuilder longer = new StringBuilder(0);
        while (true) {
            require();
            int feed = at;
            while (feed < end && buffer[feed] != '\n') {
                feed++;
            }
            String piece = new String(buffer, at, feed - at, StandardCharsets.ISO_8859_1);
            boolean whole = feed < end;
            at = whole ? feed + 1 : feed;
            if (longer.length() + piece.length() > LONGEST_LINE) {
                throw new IOException("a line of an answer is too long");
            }
            if (whole) {
                String line = longer.isEmpty() ? piece : longer.append(piece).toString();
                return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            }
            longer.append(piece);
        }
    }

    private void require() throws IOException {
        if (at == end && !fill()) {
            throw new EOFException("the connection ended");
        }
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(read, 0);
        return read > 0;
    }

    @Override
    public int read() throws IOException {
        return at < end || fill() ? buffer[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (at == end) {
            if (length >= buffer.length) {
                return in.read(bytes, offset, length);
            }
            if (!fill()) {
                return -1;
            }
        }
        int read = Math.min(length, end - at);
        System.arraycopy(buffer, at, bytes, offset, read);
        at += read;
        return read;
    }
}
