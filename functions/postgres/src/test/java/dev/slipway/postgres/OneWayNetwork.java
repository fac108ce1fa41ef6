package dev.slipway.postgres;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Lets us through to a server, and no other server: those log in as a stream's role. */
final class OneWayNetwork implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;
    private static final String ROLE = "slipway_";

    private final StoreUrl server;
    private final ServerSocket listener;

    OneWayNetwork(StoreUrl server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The same database, reached through this network. */
    StoreUrl to(StoreUrl url) {
        return StoreUrl.parse(url.reveal().replace(":" + url.port(0) + "/", ":" + listener.getLocalPort() + "/"));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (SocketException e) {
            // It was closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket to = new Socket(server.host(), server.port(0))) {
            Thread back = Thread.ofVirtual().start(() -> pump(to, client, false));
            pump(client, to, true);
            back.join();
        } catch (IOException e) {
            // The server does not listen now.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(Socket from, Socket to, boolean watched) {
        byte[] buffer = new byte[BUFFER];
        boolean first = watched;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String start = new String(buffer, 0, Math.min(read, 200), StandardCharsets.ISO_8859_1);
                if (first && start.contains("user\0" + ROLE)) {
                    from.close();
                    to.close();
                    return;
                }
                first = first && read < 20;
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
