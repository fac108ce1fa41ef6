package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A request as SmartBoard's services look at it: {@code GET} or {@code POST}, a kind of thing, and perhaps a number. */
record BoardRequest(String wish, String last, HttpExchange exchange) {
    private static final int LONGEST_BODY = 1 << 16;

    static BoardRequest of(HttpExchange exchange) {
        String[] parts = exchange.getRequestURI().getRawPath().split("/", -1);
        String kind = parts.length > 1 ? parts[1] : "";
        return new BoardRequest(exchange.getRequestMethod() + " " + kind, parts[parts.length - 1], exchange);
    }

    long number() {
        return Long.parseLong(last);
    }

    byte[] body() throws IOException {
        return exchange.getRequestBody().readNBytes(LONGEST_BODY);
    }

    String text() throws IOException {
        return new String(body(), StandardCharsets.UTF_8);
    }
}
