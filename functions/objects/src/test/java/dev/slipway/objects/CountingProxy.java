package dev.slipway.objects;

import dev.slipway.migration.StoreUrl;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before an S3 server and keeps the first line of each request; what it hands on is unchanged. */
final class CountingProxy implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 256, InetAddress.ofLiteral("127.0.0.1"));
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final URI server;
    private final AtomicInteger until = new AtomicInteger();
    private volatile String lost = "-";

    CountingProxy(URI server) throws IOException {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    /** @param url of the server that this one stands before, which is spoken to through it in what is returned */
    StoreUrl before(StoreUrl url) {
        return StoreUrl.parse(url.reveal().replace("%3A" + server.getPort(), "%3A" + door.getLocalPort()));
    }

    void forget() {
        requests.clear();
    }

    /** Hangs up when the server has answered the request that begins so and is the n-th of those, and keeps the answer. */
    void loseTheAnswerTo(String beginning, int which) {
        lost = beginning;
        until.set(which);
    }

    /** Requests by their method, for a listing or not. */
    long count(String method, boolean listing) {
        return requests.stream()
                .filter(line -> line.startsWith(method + " ") && line.contains("list-type=2") == listing)
                .count();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket behind = new Socket(server.getHost(), server.getPort());
                open.addAll(List.of(client, behind));
                AtomicBoolean deaf = new AtomicBoolean();
                Thread.ofVirtual().start(() -> pass(client, behind, deaf));
                Thread.ofVirtual().start(() -> copy(behind, client, deaf));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Request by request: a head, and as many bytes after it as it says. */
    private void pass(Socket client, Socket behind, AtomicBoolean deaf) {
        try (client;
                behind) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = behind.getOutputStream();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                requests.add(line);
                if (line.startsWith(lost) && until.decrementAndGet() == 0) {
                    deaf.set(true);
                }
                StringBuilder head = new StringBuilder(line).append("\r\n");
                int length = 0;
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    head.append(header).append("\r\n");
                    String[] pair = header.split(":", 2);
                    length = pair[0].toLowerCase(Locale.ROOT).equals("content-length")
                            ? Integer.parseInt(pair[1].strip())
                            : length;
                }
                out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
                out.write(in.readNBytes(length));
                out.flush();
            }
        } catch (IOException e) {
            // One of both has hung up.
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = in.read(); letter >= 0 && letter != '\n'; letter = in.read()) {
            line.append((char) letter);
        }
        return line.toString().stripTrailing();
    }

    private static void copy(Socket from, Socket to, AtomicBoolean deaf) {
        try (from;
                to) {
            byte[] buffer = new byte[1 << 16];
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0 && !deaf.get(); read = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One of both has hung up.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
