package dev.slipway.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server and ends whatever connection is sent more than so many bytes. */
final class CutProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int port;
    private final long most;
    private final AtomicInteger cuts = new AtomicInteger();

    CutProxy(int port, long most) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = port;
        this.most = most;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.ofVirtual().start(() -> pump(client, server, Long.MAX_VALUE));
                Thread.ofVirtual().start(() -> pump(server, client, most));
            }
        } catch (IOException e) {
            // Closed: the test is over.
            return;
        }
    }

    private void pump(Socket from, Socket to, long limit) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 14];
            long sent = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (sent + read > limit) {
                    cuts.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, read);
                sent += read;
            }
        } catch (IOException e) {
            // Either side has gone.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
