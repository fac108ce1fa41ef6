package dev.slipway.postgres.session;

import java.io.IOException;
import java.net.Socket;
import java.util.Properties;

/** What the driver makes its sockets with, so that {@link Wire} knows them. Public because the driver makes an instance by its name. */
public final class WireSockets extends PatientSockets {
    private final String wire;

    /** @param settings of the connection that will be opened */
    public WireSockets(Properties settings) {
        this.wire = Wire.nameIn(settings);
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = super.createSocket();
        Wire.opened(wire, socket);
        return socket;
    }
}
