package dev.slipway.local.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import dev.slipway.migration.StrictJson;
import java.io.IOException;
import java.util.Map;

/** What a service answers. */
@SuppressWarnings("ArrayRecordComponent") // Replies are never compared.
record Reply(int status, Map<String, String> headers, byte[] body) {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    static Reply json(int status, Map<String, ?> content) throws JsonProcessingException {
        return new Reply(
                status,
                Map.of("Content-Type", "application/json"),
                StrictJson.mapper().writeValueAsBytes(content));
    }

    static Reply error(int status, String why) throws JsonProcessingException {
        return json(status, Map.of("error", why));
    }

    static Reply media(byte[] content) {
        return new Reply(OK, Map.of("Content-Type", "application/octet-stream"), content);
    }

    /** A write that has to wait; the header lets a router count it apart from failures. */
    static Reply readOnly() throws JsonProcessingException {
        Reply plain = json(UNAVAILABLE, Map.of("error", "writes are paused, please try again soon"));
        return new Reply(
                UNAVAILABLE,
                Map.of("Content-Type", "application/json", "Retry-After", "30", "X-Read-Only", "true"),
                plain.body);
    }

    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
