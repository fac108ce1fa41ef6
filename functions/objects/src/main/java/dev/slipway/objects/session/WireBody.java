package dev.slipway.objects.session;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer's bytes: as many as it announced, in chunks, or all until the connection ends. At their end the connection is free again,
 * where it has not ended.
 */
final class WireBody extends InputStream {
    private static final int HEX = 16;

    private final WireConnection connection;
    private final boolean chunked;
    private final boolean endless;
    private long left;
    private boolean ended;
    private @Nullable Runnable whenFree;

    WireBody(WireConnection connection, Map<String, String> headers, boolean empty, Runnable whenFree) {
        this.connection = connection;
        this.chunked = !empty && "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
        this.whenFree = whenFree;
        String length = headers.get("content-length");
        this.endless = !empty && !chunked && length == null;
        this.left = empty || chunked || length == null ? 0 : Long.parseLong(length.strip());
        this.ended = !chunked && !endless && left == 0;
        freeIfEnded();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (chunked && left == 0 && !ended) {
            beginChunk();
        }
        if (ended) {
            return -1;
        }
        if (endless) {
            return connection.in().read(bytes, offset, length);
        }
        int read = connection.in().read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("the connection ended " + left + " bytes early");
        }
        left -= read;
        if (left == 0) {
            endPiece();
        }
        return read;
    }

    private void endPiece() throws IOException {
        if (chunked) {
            connection.in().line();
        } else {
            ended = true;
            freeIfEnded();
        }
    }

    private void beginChunk() throws IOException {
        left = Long.parseLong(connection.in().line().split(";", 2)[0].strip(), HEX);
        if (left == 0) {
            while (!connection.in().line().isEmpty()) {
                // Trailers say nothing that is needed.
            }
            ended = true;
            freeIfEnded();
        }
    }

    private void freeIfEnded() {
        if (ended && whenFree != null) {
            whenFree.run();
            whenFree = null;
        }
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            ended = true;
            connection.close();
        }
    }
}
