package dev.slipway.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.migration.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;

/** As much of an account as a worker's training asks: objects and secrets in memory, and a yes to all else. */
final class TrainingAccount implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;
    private static final byte[] NO_SUCH_KEY = "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, String>> secrets = new ConcurrentHashMap<>();

    private TrainingAccount(HttpServer server) {
        this.server = server;
    }

    static TrainingAccount start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TrainingAccount account = new TrainingAccount(server);
        server.createContext("/", account::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return account;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param path the bucket, a slash and the key */
    void object(String path, byte[] content) {
        objects.put(path, content);
    }

    /** The secret of an empty name answers for all that have none. */
    void secret(String name, Map<String, String> values) {
        secrets.put(name, values);
    }

    Map<String, String> secret(String name) {
        return secrets.getOrDefault(name, secrets.getOrDefault("", Map.of()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String path = exchange.getRequestURI().getPath().substring(1);
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    objects.put(path, isChunked(exchange) ? unchunked(request) : request);
                    exchange.getResponseHeaders().add("ETag", "\"training\"");
                    send(exchange, new byte[0]);
                }
                case "GET", "HEAD" -> {
                    if (query.contains("list-type=2")) {
                        send(exchange, listing(path.replaceAll("/.*", "") + "/"));
                    } else {
                        sendObject(exchange, path);
                    }
                }
                default ->
                    send(
                            exchange,
                            target == null
                                    ? text("<Done><UploadId>training</UploadId></Done>")
                                    : json(target, request));
            }
        }
    }

    private static boolean isChunked(HttpExchange exchange) {
        return exchange.getRequestHeaders().containsKey("X-Amz-Decoded-Content-Length");
    }

    /** The content of an aws-chunked body: chunks of a size in hex and its line, and a last one of none. */
    private static byte[] unchunked(byte[] body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = at;
            while (body[end] != '\r') {
                end++;
            }
            String line = new String(body, at, end - at, UTF_8);
            int size = Integer.parseInt(line.replaceFirst(";.*", ""), 16);
            if (size == 0) {
                return content.toByteArray();
            }
            content.write(body, end + 2, size);
            at = end + 2 + size + 2;
        }
    }

    private byte[] json(String target, byte[] request) throws IOException {
        if (!target.endsWith("GetSecretValue")) {
            return text("{}");
        }
        JsonNode asked = StrictJson.mapper().readTree(request);
        String name = asked.path("SecretId").asText();
        String values = StrictJson.mapper().writeValueAsString(secret(name));
        return StrictJson.mapper().writeValueAsBytes(Map.of("Name", name, "SecretString", values));
    }

    private void sendObject(HttpExchange exchange, String path) throws IOException {
        byte[] content = objects.get(path);
        if (content == null && exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(NOT_FOUND, NO_SUCH_KEY.length);
            exchange.getResponseBody().write(NO_SUCH_KEY);
        } else if (content == null) {
            exchange.sendResponseHeaders(NOT_FOUND, -1);
        } else {
            send(exchange, content);
        }
    }

    private static void send(HttpExchange exchange, byte[] content) throws IOException {
        boolean empty = content.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(OK, empty ? -1 : content.length);
        if (!empty) {
            exchange.getResponseBody().write(content);
        }
    }

    private byte[] listing(String bucket) {
        StringBuilder listing =
                new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>");
        objects.forEach((path, content) -> {
            if (path.startsWith(bucket)) {
                listing.append("<Contents><Key>")
                        .append(URLEncoder.encode(path.substring(bucket.length()), UTF_8))
                        .append("</Key><Size>")
                        .append(content.length)
                        .append("</Size></Contents>");
            }
        });
        return text(listing.append("</ListBucketResult>").toString());
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
