package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A connection that speaks RESP itself, for what is done to every key: a batch is one write and one run of answers. */
public final class Wire implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    /** A kind, the digits of a length and the line's end. */
    private static final int HEADER = 13;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] batch = new byte[BUFFER];
    private int filled;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** What a server answers when it refuses a command. */
    public record Refusal(String said) {}

    /** What a server says by itself, where that was asked for in RESP3; it comes between answers. */
    public record Push(@Nullable List<@Nullable Object> words) {}

    /** @throws IOException also where the server refuses the login */
    public static Wire open(StoreUrl url, int database, Duration patience) throws IOException {
        Wire wire = new Wire(connect(url, patience));
        try {
            if (url.password().isPresent()) {
                List<byte[]> login = new ArrayList<>(List.of(ascii("AUTH")));
                url.user().ifPresent(user -> login.add(user.getBytes(StandardCharsets.UTF_8)));
                login.add(url.password().get().getBytes(StandardCharsets.UTF_8));
                wire.demand(login);
            }
            if (database > 0) {
                wire.demand(List.of(ascii("SELECT"), ascii(Integer.toString(database))));
            }
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private static Socket connect(StoreUrl url, Duration patience) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.connect(new InetSocketAddress(url.host(), url.port(6379)), Math.toIntExact(patience.toMillis()));
            return url.scheme().equals("rediss") ? encrypted(socket, url) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket encrypted(Socket socket, StoreUrl url) throws IOException {
        SSLSocketFactory factory = Trust.of(url).context().getSocketFactory();
        SSLSocket encrypted = (SSLSocket) factory.createSocket(socket, url.host(), url.port(6379), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    /** Adds a command to the batch. */
    public void add(byte[]... words) throws IOException {
        begin(words.length);
        for (byte[] word : words) {
            addWord(word, 0, word.length);
        }
    }

    /** Begins a command of so many words, which are added one by one. */
    public void begin(int words) throws IOException {
        header('*', words);
    }

    /** Adds the next word of a command, which is a part of these bytes. */
    public void addWord(byte[] bytes, int from, int length) throws IOException {
        header('$', length);
        if (filled + length + 2 > BUFFER) {
            send();
        }
        if (length + 2 > BUFFER) {
            out.write(bytes, from, length);
        } else {
            System.arraycopy(bytes, from, batch, filled, length);
            filled += length;
        }
        endLine();
    }

    private void header(char kind, int length) throws IOException {
        if (filled + HEADER > BUFFER) {
            send();
        }
        batch[filled++] = (byte) kind;
        int end = filled + digits(length);
        for (int at = end - 1, left = length; at >= filled; at--, left /= 10) {
            batch[at] = (byte) ('0' + left % 10);
        }
        filled = end;
        endLine();
    }

    private static int digits(int number) {
        int digits = 1;
        for (int left = number / 10; left > 0; left /= 10) {
            digits++;
        }
        return digits;
    }

    private void endLine() {
        batch[filled++] = '\r';
        batch[filled++] = '\n';
    }

    /** Sends what was added. */
    public void send() throws IOException {
        out.write(batch, 0, filled);
        filled = 0;
    }

    /** The next answer: a byte array, text, a number, a list, nothing or a {@link Refusal}; or a {@link Push}. */
    public @Nullable Object read() throws IOException {
        char kind = (char) next();
        return switch (kind) {
            case '+' -> line();
            case '-' -> new Refusal(line());
            case ':' -> number();
            case '$' -> bulk(Math.toIntExact(number()));
            case '*' -> list(Math.toIntExact(number()));
            case '%' -> list(Math.toIntExact(2 * number()));
            case '>' -> new Push(list(Math.toIntExact(number())));
            case '_' -> nothing();
            default -> throw new IOException("it does not answer as a Redis does");
        };
    }

    private long number() throws IOException {
        int first = next();
        boolean negative = first == '-';
        long number = 0;
        for (int each = negative ? next() : first; each != '\r'; each = next()) {
            if (each < '0' || each > '9') {
                throw new IOException("it does not answer as a Redis does");
            }
            number = number * 10 + (each - '0');
        }
        next();
        return negative ? -number : number;
    }

    private byte @Nullable [] bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        int done = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, 0, done);
        position += done;
        if (in.readNBytes(bytes, done, length - done) < length - done) {
            throw new EOFException("the connection ended");
        }
        next();
        next();
        return bytes;
    }

    private @Nullable List<@Nullable Object> list(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            list.add(read());
        }
        return list;
    }

    private @Nullable Object nothing() throws IOException {
        line();
        return null;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = next(); each != '\r'; each = next()) {
            line.append((char) each);
        }
        next();
        return line.toString();
    }

    private int next() throws IOException {
        if (position == limit) {
            position = 0;
            limit = in.read(buffer);
            if (limit < 0) {
                limit = 0;
                throw new EOFException("the connection ended");
            }
        }
        return buffer[position++] & 0xff;
    }

    /** All that the server sends from now on, as it is; nothing is read as an answer afterwards. */
    public InputStream raw() {
        return new SequenceInputStream(new ByteArrayInputStream(buffer, position, limit - position), in);
    }

    /** Sends a command and returns what the server refuses, if it does. */
    public Optional<Refusal> ask(List<byte[]> words) throws IOException {
        add(words.toArray(byte[][]::new));
        send();
        return read() instanceof Refusal refusal ? Optional.of(refusal) : Optional.empty();
    }

    private void demand(List<byte[]> words) throws IOException {
        Optional<Refusal> refusal = ask(words);
        if (refusal.isPresent()) {
            throw new IOException(refusal.get().said());
        }
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing was under way that its answer has not confirmed.
            return;
        }
    }
}
