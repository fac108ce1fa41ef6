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
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A network between a worker and a server, which a test can break. */
final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    /** How the first packet of a connection names the role of a stream of ours, as which servers log in. */
    private static final String SERVERS_ROLE = "user\0slipway_";

    private final StoreUrl server;
    private final boolean admitsServers;
    private final ServerSocket listener;
    private final Queue<Link> links = new ConcurrentLinkedQueue<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean losesConfirmations;

    TcpProxy(StoreUrl server) throws IOException {
        this(server, true);
    }

    private TcpProxy(StoreUrl server, boolean admitsServers) throws IOException {
        this.server = server;
        this.admitsServers = admitsServers;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Lets workers through to a server, and no other server. */
    static TcpProxy keepingServersOut(StoreUrl server) throws IOException {
        return new TcpProxy(server, false);
    }

    /** The same database, reached through this network. */
    StoreUrl to(StoreUrl url) {
        return StoreUrl.parse(url.reveal().replace(":" + url.port(0) + "/", ":" + listener.getLocalPort() + "/"));
    }

    /** Resets all connections that there are. */
    void cut() {
        for (Link link = links.poll(); link != null; link = links.poll()) {
            link.reset();
        }
    }

    /** From now on nothing arrives on the connections that there are, and neither side is told. */
    void swallow() {
        links.forEach(link -> link.swallowed = true);
    }

    /** From now on each piece of a stream arrives that much later. */
    void delay(Duration each) {
        delay = each;
    }

    /** Whether the server is told how far somebody has come who reads its log. */
    void loseConfirmations(boolean lost) {
        losesConfirmations = lost;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (SocketException e) {
            // The proxy was closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Link link = new Link(client, new Socket(server.host(), server.port(0)));
            links.add(link);
            Thread.ofVirtual().start(() -> link.pump(link.client, link.server, true));
            Thread.ofVirtual().start(() -> link.pump(link.server, link.client, false));
        } catch (SocketException e) {
            client.close();
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean swallowed;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to, boolean ofClient) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    Thread.sleep(delay);
                    if (swallowed) {
                        return;
                    }
                    if (ofClient && !admitsServers && isServers(buffer, read)) {
                        reset();
                        return;
                    }
                    if (ofClient && losesConfirmations && isConfirmation(buffer)) {
                        continue;
                    }
                    out.write(buffer, 0, read);
                }
                to.shutdownOutput();
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void reset() {
            hangUp(client);
            hangUp(server);
        }
    }

    private static boolean isServers(byte[] packet, int length) {
        return new String(packet, 0, length, StandardCharsets.ISO_8859_1).contains(SERVERS_ROLE);
    }

    /** A standby status update in a packet of its own (postgresql.org/docs/current/protocol-replication.html). */
    private static boolean isConfirmation(byte[] packet) {
        return packet[0] == 'd' && packet[5] == 'r';
    }

    /** With no time to linger, closing sends a reset. */
    private static void hangUp(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // The other direction has closed it.
        }
    }
}
