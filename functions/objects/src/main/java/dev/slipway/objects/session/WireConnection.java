package dev.slipway.objects.session;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One connection of HTTP/1.1. */
final class WireConnection implements AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    /** Room for the head of a request and a small object, which then leave at once. */
    private static final int BUFFER = 1 << 16;

    private final Socket socket;
    private final WireInput in;
    private final OutputStream out;

    private WireConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new WireInput(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    static WireConnection open(URI endpoint) throws IOException {
        boolean secure = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() > 0 ? endpoint.getPort() : secure ? 443 : 80;
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(TO_ANSWER.toMillis()));
            socket.connect(new InetSocketAddress(endpoint.getHost(), port), Math.toIntExact(TO_CONNECT.toMillis()));
            return new WireConnection(secure ? secured(socket, endpoint.getHost(), port) : socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static SSLSocket secured(Socket socket, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, /* autoClose= */ true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        try {
            secured.startHandshake();
        } catch (SSLHandshakeException e) {
            throw (IOException) new SSLHandshakeException("its certificate is not one that this Java trusts for " + host
                            + ", or its TLS is not one that this Java speaks: " + e.getMessage())
                    .initCause(e);
        }
        return secured;
    }

    WireInput in() {
        return in;
    }

    void send(String target, String method, SortedMap<String, String> headers, WireRequest.Body body)
            throws IOException {
        StringBuilder head = new StringBuilder(768);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        body.content().writeTo(out);
        out.flush();
    }

    /** The status line's number. */
    int status() throws IOException {
        Matcher matcher = STATUS.matcher(in.line());
        if (!matcher.lookingAt()) {
            throw new IOException("what answers there does not speak HTTP/1.1");
        }
        return Integer.parseInt(matcher.group(1));
    }

    Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = in.line(); !line.isEmpty(); line = in.line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is not used any more.
        }
    }
}
