package dev.slipway.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The network in front of a server, which a test can cut, so that every connection is reset, or stall, so that nothing arrives. */
final class FaultyNetwork implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final int server;
    private final ServerSocket listener;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile boolean cut;
    private volatile boolean stalled;

    /** @param server its port on the loopback address */
    FaultyNetwork(int server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void cut() {
        cut = true;
        for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
            reset(socket);
        }
    }

    void stall() {
        stalled = true;
    }

    void heal() {
        cut = false;
        stalled = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // The server is down, or this network is over.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (cut) {
            reset(client);
            return;
        }
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
            sockets.add(client);
            sockets.add(there);
            Thread.ofVirtual().start(() -> pump(client, there));
            Thread.ofVirtual().start(() -> pump(there, client));
        } catch (IOException e) {
            reset(client);
            throw e;
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                while (stalled) {
                    Thread.sleep(20);
                }
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With no time to linger, closing sends a reset. */
    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // The other direction has closed it.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
