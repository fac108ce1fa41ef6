package dev.slipway.postgres.session;

import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.util.PSQLException;

/** The driver's own TLS, so that {@link Wire} knows its sockets. Public because the driver makes an instance by its name. */
public final class WireTls extends LibPQFactory {
    private final String wire;

    /** @param settings of the connection that will be opened */
    public WireTls(Properties settings) throws PSQLException {
        super(settings);
        this.wire = Wire.nameIn(settings);
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        Socket socket = super.createSocket(plain, host, port, autoClose);
        Wire.opened(wire, socket);
        return socket;
    }
}
