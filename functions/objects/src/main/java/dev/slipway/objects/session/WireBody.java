package dev.slipway.objects.session;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer's bytes: as many as it announced, or in chunks. At their end the connection is free again. */
final class WireBody extends InputStream {
    private static final int HEX = 16;

    private final WireConnection connection;
    private final boolean chunked;
    private long left;
    private boolean ended;
    private @Nullable Runnable whenFree;

    WireBody(WireConnection connection, Map<String, String> headers, boolean empty, Runnable whenFree)
            throws IOException {
        this.connection = connection;
        this.chunked = !empty && "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
        this.whenFree = whenFree;
        String length = headers.get("content-length");
        if (!empty && !chunked && length == null) {
            throw new IOException("an answer without a length");
        }
        this.left = empty || chunked ? 0 : Long.parseLong(String.valueOf(length).strip());
        this.ended = !chunked && left == 0;
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
            connection.line();
        } else {
            ended = true;
            freeIfEnded();
        }
    }

    private void beginChunk() throws IOException {
        left = Long.parseLong(connection.line().split(";", 2)[0].strip(), HEX);
        if (left == 0) {
            while (!connection.line().isEmpty()) {
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
