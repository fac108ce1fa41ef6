package dev.slipway.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;
import javax.net.SocketFactory;

/** What the driver makes its sockets with, so that {@link Wire} knows them. Public because the driver makes an instance by its name. */
public final class WireSockets extends SocketFactory {
    private final String wire;

    /** @param settings of the connection that will be opened */
    public WireSockets(Properties settings) {
        this.wire = Wire.nameIn(settings);
    }

    @Override
    public Socket createSocket() {
        Socket socket = new Socket();
        Wire.opened(wire, socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw connected();
    }

    private static IOException connected() {
        return new IOException("the driver connects its sockets itself");
    }
}
