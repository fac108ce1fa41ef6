package dev.slipway.local.router;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** Sends a request on to a server as it came, and streams the answer back. */
final class Forwarding implements AutoCloseable {
    /** As long as a load balancer waits by default. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** They belong to one connection (RFC 9110, 7.6.1), or are written by the client and the server themselves. */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection",
            "proxy-connection",
            "keep-alive",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "proxy-authorization",
            "proxy-authenticate",
            "host",
            "content-length",
            "expect",
            "http2-settings",
            ":status");

    private final HttpClient client;

    Forwarding(ExecutorService executor) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(null))
                .connectTimeout(CONNECT)
                .executor(executor)
                .build();
    }

    /** Returns when the headers of the answer are here; its body is still to be read and closed. */
    HttpResponse<InputStream> send(HttpExchange exchange, InetSocketAddress server)
            throws IOException, InterruptedException {
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        URI uri = URI.create("http://" + server.getHostString() + ":" + server.getPort() + path(asked) + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(exchange.getRequestMethod(), body(exchange))
                .timeout(PATIENCE);
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isForwarded(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        request.header(
                "X-Forwarded-For", exchange.getRemoteAddress().getAddress().getHostAddress());
        request.header("X-Forwarded-Host", String.valueOf(asked.getAuthority()));
        request.header("X-Forwarded-Proto", "http");
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    /** Writes the answer to the one who asked, with a header that names the side. */
    static void answer(HttpExchange exchange, HttpResponse<InputStream> response, String side) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        response.headers().map().forEach((name, values) -> {
            if (isForwarded(name)) {
                headers.put(name, values);
            }
        });
        headers.set("X-Routed-To", side);
        try (InputStream body = response.body()) {
            exchange.sendResponseHeaders(response.statusCode(), length(exchange, response));
            body.transferTo(exchange.getResponseBody());
        }
        exchange.close();
    }

    static String path(URI uri) {
        return uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }

    private static BodyPublisher body(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null) {
            return Long.parseLong(length) == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.fromPublisher(
                            BodyPublishers.ofInputStream(exchange::getRequestBody), Long.parseLong(length));
        }
        return exchange.getRequestHeaders().containsKey("Transfer-Encoding")
                ? BodyPublishers.ofInputStream(exchange::getRequestBody)
                : BodyPublishers.noBody();
    }

    /** The JDK's server wants -1 for no body and 0 for one whose length is not known. */
    private static long length(HttpExchange exchange, HttpResponse<InputStream> response) {
        boolean bodiless = exchange.getRequestMethod().equals("HEAD")
                || response.statusCode() == 204
                || response.statusCode() == 304;
        long length = response.headers().firstValueAsLong("content-length").orElse(0);
        boolean empty =
                length == 0 && response.headers().firstValue("content-length").isPresent();
        return bodiless || empty ? -1 : length;
    }

    private static boolean isForwarded(String header) {
        return !NOT_FORWARDED.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
