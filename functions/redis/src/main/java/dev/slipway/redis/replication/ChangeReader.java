package dev.slipway.redis.replication;

import com.moilioncircle.redis.replicator.io.RedisInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the commands that follow what a server held, or the place that was asked for. */
public final class ChangeReader {
    private final RedisInputStream in;
    private StreamPosition position;
    private long read;

    ChangeReader(RedisInputStream in, StreamPosition position) {
        this.in = in;
        this.position = position;
    }

    /** Whether something has come that was not read yet. */
    public boolean isReady() throws IOException {
        return in.available() > 0;
    }

    /** The next one; waits for it. */
    public Change next() throws IOException {
        read = 0;
        List<byte[]> words = new ArrayList<>();
        int first = octet();
        while (first == '\n') {
            // A server that is busy says that it is still there.
            first = octet();
        }
        require(first, '*');
        long count = number();
        for (long i = 0; i < count; i++) {
            require(octet(), '$');
            words.add(word(Math.toIntExact(number())));
        }
        position = position.after(read);
        return new Change(words, position);
    }

    private byte[] word(int length) throws IOException {
        byte[] word = new byte[length];
        int done = length == 0 ? 0 : in.read(word, 0, length);
        if (done < length) {
            throw new IOException("the stream ended in a word");
        }
        read += length;
        require(octet(), '\r');
        require(octet(), '\n');
        return word;
    }

    private long number() throws IOException {
        long number = 0;
        for (int each = octet(); each != '\r'; each = octet()) {
            if (each < '0' || each > '9') {
                throw new IOException("it sends no stream of commands");
            }
            number = number * 10 + (each - '0');
        }
        require(octet(), '\n');
        return number;
    }

    private int octet() throws IOException {
        read++;
        return in.read();
    }

    private static void require(int found, char wanted) throws IOException {
        if (found != wanted) {
            throw new IOException("it sends no stream of commands");
        }
    }
}
