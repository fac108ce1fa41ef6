package dev.slipway.local.sample;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Redis mass insertion: commands go out without waiting while the replies are read and counted. */
final class RedisPipe implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Socket socket;
    private final OutputStream out;
    private final FutureTask<Long> replies;
    private long sent;

    RedisPipe(String host, int port) throws IOException {
        this.socket = new Socket(host, port);
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        this.replies = new FutureTask<>(() -> readUntilClosed(in));
        Thread.ofVirtual().name("redis-replies").start(replies);
    }

    void send(RedisCommand command) throws IOException {
        out.write(command.encoded());
        sent++;
    }

    /**
     * Waits for all replies.
     *
     * @throws IOException with Redis's own words, if it refused a command
     */
    void finish() throws IOException, InterruptedException {
        send(RedisCommand.of("QUIT"));
        out.flush();
        try {
            long received = replies.get();
            if (received != sent) {
                throw new IOException("Redis answered " + received + " of " + sent + " commands");
            }
        } catch (ExecutionException e) {
            throw new IOException("Redis refused sample data: " + Causes.lineOf(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** QUIT makes the server close the connection after its last reply. */
    private static long readUntilClosed(DataInputStream in) throws IOException {
        long count = 0;
        for (int kind = in.read(); kind >= 0; kind = in.read()) {
            skip(kind, in);
            count++;
        }
        return count;
    }

    private static void skip(int kind, DataInputStream in) throws IOException {
        String line = line(in);
        switch (kind) {
            case '-' -> throw new IOException(line);
            case '$' -> {
                int length = Integer.parseInt(line);
                in.skipNBytes(length < 0 ? 0 : length + 2L);
            }
            case '*' -> {
                for (int element = Integer.parseInt(line); element > 0; element--) {
                    skip(in.read(), in);
                }
            }
            default -> {
                // A status or an integer is its line.
            }
        }
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (byte next = in.readByte(); next != '\r'; next = in.readByte()) {
            line.append((char) (next & 0xff));
        }
        in.skipNBytes(1);
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
