package dev.slipway.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes on what a client says to a server, until that names a command: it is passed on, and its answer is lost with the connection. */
final class DeafProxy implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final String fatal;
    private final AtomicInteger left = new AtomicInteger(1);

    private DeafProxy(ServerSocket door, int server, String fatal) {
        this.door = door;
        this.server = server;
        this.fatal = fatal;
    }

    /**
     * Listens before a server of this machine.
     *
     * @param fatal the first time that it is heard the connection ends, and never again
     */
    static DeafProxy before(int server, String fatal) throws IOException {
        DeafProxy proxy = new DeafProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server, fatal);
        Thread.ofVirtual().start(proxy::listen);
        return proxy;
    }

    int port() {
        return door.getLocalPort();
    }

    boolean hasStruck() {
        return left.get() <= 0;
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                Thread.ofVirtual().start(() -> pass(client, behind, true));
                Thread.ofVirtual().start(() -> pass(behind, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean listening) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                boolean strikes = listening
                        && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(fatal)
                        && left.getAndDecrement() == 1;
                if (strikes) {
                    // Before the server can answer, and what it is told is whole all the same.
                    from.shutdownOutput();
                }
                out.write(buffer, 0, read);
                if (strikes) {
                    in.transferTo(out);
                    return;
                }
            }
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
