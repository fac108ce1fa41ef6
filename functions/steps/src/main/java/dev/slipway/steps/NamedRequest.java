package dev.slipway.steps;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks a server by TLS under a name that does not lead to it yet. The JDK's client would tell the server the name that it connects to,
 * and want a certificate of that.
 *
 * @param patience with each answer of the server's
 */
record NamedRequest(SSLSocketFactory sockets, Duration patience) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (?<status>[1-5][0-9]{2})(?: .*)?");

    /**
     * The status that it answers, as RFC 9112 has it.
     *
     * @param name whose certificate the server has to show
     * @param path with its query
     */
    int status(InetSocketAddress server, String name, String path) throws IOException {
        try (Socket plain = new Socket()) {
            plain.setSoTimeout((int) patience.toMillis());
            plain.connect(server, (int) patience.toMillis());
            try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, name, server.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                return ask(socket, name, path);
            }
        }
    }

    private static int ask(SSLSocket socket, String name, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        Matcher answer = STATUS.matcher(line == null ? "" : line);
        if (!answer.matches()) {
            throw new IOException("its answer is not HTTP");
        }
        return Integer.parseInt(answer.group("status"));
    }
}
