package dev.slipway.worker;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A client's connection to a Redis: words there, answers back. */
final class RedisTalk implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    RedisTalk(int port, Duration patience) throws IOException {
        int milliseconds = Math.toIntExact(patience.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), milliseconds);
        socket.setSoTimeout(milliseconds);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a line of words without waiting for what is answered. */
    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    String ask(String line) throws IOException {
        send(line);
        return answer();
    }

    /** Of a list its items, one a line; of an error its text behind a dash; nothing where there is none. */
    String answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '-' -> line;
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> rest;
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        String text = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        line();
        return text;
    }

    private String list(int items) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            texts.add(answer());
        }
        return String.join("\n", texts);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server has closed the connection");
            }
            line.append((char) next);
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
