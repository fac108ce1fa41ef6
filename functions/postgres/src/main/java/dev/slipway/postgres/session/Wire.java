package dev.slipway.postgres.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/**
 * The bytes under a connection of the driver's. The driver logs in, by TLS and SCRAM where asked, and while it waits for nothing,
 * messages of the protocol's version 3 may be sent and read here:
 * https://www.postgresql.org/docs/current/protocol-message-formats.html. Not for several threads.
 */
public final class Wire {
    /** A type and a length. */
    public static final int HEAD = 5;

    public static final char COPY_DATA = 'd';
    public static final char COPY_DONE = 'c';
    public static final char COPY_IN_RESPONSE = 'G';
    public static final char COPY_OUT_RESPONSE = 'H';
    public static final char COMMAND_COMPLETE = 'C';
    public static final char READY_FOR_QUERY = 'Z';

    private static final String NAME = "socketFactoryArg";
    private static final char ERROR_RESPONSE = 'E';
    private static final char QUERY = 'Q';
    private static final String AT_ANY_TIME = "NSA";
    private static final int BUFFER = 256 * 1024;
    private static final ConcurrentMap<String, Wire> OPENING = new ConcurrentHashMap<>();

    private final String server;
    private final String name = UUID.randomUUID().toString();
    private volatile @Nullable Socket socket;
    private byte[] buffer = {};
    private int position;
    private int limit;

    /** Tells the driver how to make the sockets of a connection; it makes its own instances of the factories that it is told. */
    void intoSettings(Properties login) {
        login.setProperty("socketFactory", WireSockets.class.getName());
        login.setProperty("sslfactory", WireTls.class.getName());
        login.setProperty(NAME, name);
    }

    static String nameIn(Properties login) {
        return login.getProperty(NAME, "");
    }

    private Wire(String server) {
        this.server = server;
    }

    /**
     * Expects the socket of the connection that will be opened in its name.
     *
     * @param server what a failure will be about
     */
    static Wire opening(String server) {
        Wire wire = new Wire(server);
        OPENING.put(wire.name, wire);
        return wire;
    }

    /** The outermost layer of the connection is this one, so far. */
    static void opened(String name, Socket layer) {
        Wire wire = OPENING.get(name);
        if (wire != null) {
            wire.socket = layer;
        }
    }

    /** No layer will be added any more. */
    void ready() {
        OPENING.remove(name);
    }

    public byte[] buffer() {
        return buffer;
    }

    public int position() {
        return position;
    }

    public int limit() {
        return limit;
    }

    public void consume(int bytes) {
        position += bytes;
    }

    /** Waits for at least one byte more than there are in the buffer. */
    public void fill() throws SQLException {
        try {
            makeRoom();
            int read = in().read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                throw broken(new IOException("the server closed the connection"));
            }
            limit += read;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void makeRoom() {
        if (buffer.length == 0) {
            buffer = new byte[BUFFER];
        }
        if (position == limit) {
            position = 0;
            limit = 0;
        } else if (limit == buffer.length) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
    }

    /** Sends a statement, whose answer is to be read here; after an error the session is of no use any more. */
    public void query(String sql) throws SQLException {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        send(QUERY, Arrays.copyOf(text, text.length + 1));
    }

    public void send(char type, byte[] body) throws SQLException {
        ByteBuffer message = ByteBuffer.allocate(HEAD + body.length);
        message.put((byte) type).putInt(Integer.BYTES + body.length).put(body);
        sendRaw(message.array(), 0, message.capacity());
    }

    public void sendRaw(byte[] messages, int from, int length) throws SQLException {
        try {
            out().write(messages, from, length);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Whether an answer has begun to come, as far as that can be told without waiting; reads past asides. */
    public boolean hasAnswer() throws SQLException {
        while (hasMore() && isAside(peek())) {
            body();
        }
        return hasMore();
    }

    private boolean hasMore() throws SQLException {
        try {
            return position < limit || in().available() > 0;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * The body of the next message, which must be of that type.
     *
     * @throws PSQLException with the server's error, when that came instead
     */
    public byte[] expect(char type) throws SQLException {
        char got = skipAsides();
        byte[] body = body();
        if (got == ERROR_RESPONSE) {
            throw new PSQLException(new ServerErrorMessage(new String(body, StandardCharsets.UTF_8)));
        }
        if (got != type) {
            throw new PSQLException(
                    "the server sent a message of type " + got + " in the place of " + type,
                    PSQLState.PROTOCOL_VIOLATION);
        }
        return body;
    }

    /** Reads past what a server may say between any two messages, and tells the type of the next one. */
    public char skipAsides() throws SQLException {
        char type = peek();
        while (isAside(type)) {
            body();
            type = peek();
        }
        return type;
    }

    private static boolean isAside(char type) {
        return AT_ANY_TIME.indexOf(type) >= 0;
    }

    /** All answers have been read: from here the driver may go on. */
    public void release() throws SQLException {
        if (position != limit) {
            throw new PSQLException("the server said more than it was asked", PSQLState.PROTOCOL_VIOLATION);
        }
    }

    private char peek() throws SQLException {
        while (limit - position < HEAD) {
            fill();
        }
        return (char) buffer[position];
    }

    /** Of a message whose head is in the buffer. */
    private byte[] body() throws SQLException {
        byte[] body = new byte[length(position)];
        position += HEAD;
        int got = 0;
        while (got < body.length) {
            if (position == limit) {
                fill();
            }
            int part = Math.min(limit - position, body.length - got);
            System.arraycopy(buffer, position, body, got, part);
            position += part;
            got += part;
        }
        return body;
    }

    /** Of the body of the message whose head is there in the buffer. */
    public int length(int head) throws SQLException {
        int length = ByteBuffer.wrap(buffer).getInt(head + 1) - Integer.BYTES;
        if (length < 0) {
            throw new PSQLException("a message has a length of " + length, PSQLState.PROTOCOL_VIOLATION);
        }
        return length;
    }

    private InputStream in() throws IOException {
        return open().getInputStream();
    }

    private OutputStream out() throws IOException {
        return open().getOutputStream();
    }

    private Socket open() throws IOException {
        Socket layer = socket;
        if (layer == null) {
            throw new IOException("the driver has opened no connection");
        }
        return layer;
    }

    private SQLException broken(IOException e) {
        return new PSQLException(
                "the connection to " + server + " broke: " + e.getMessage(), PSQLState.CONNECTION_FAILURE, e);
    }
}
