package dev.slipway.local.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.slipway.migration.StrictJson;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Errors on request, where they are allowed: {@code POST /faults} says which share of the other pages fails. */
final class Faults {
    private final boolean allowed;
    private volatile double share;

    Faults(boolean allowed, double share) {
        this.allowed = allowed;
        this.share = share;
    }

    static boolean isWish(HttpExchange exchange, String page) {
        return exchange.getRequestMethod().equals("POST") && page.equals("/faults");
    }

    Reply grant(HttpExchange exchange) throws IOException {
        if (!allowed) {
            return Reply.error(403, "SAMPLE_FAULTS is not on");
        }
        JsonNode wish = StrictJson.mapper().readTree(exchange.getRequestBody());
        share = wish.path("error_share").asDouble(0);
        return Reply.json(200, Map.of("error_share", share));
    }

    boolean strikes() {
        return allowed && ThreadLocalRandom.current().nextDouble() < share;
    }

    static Reply struck() throws IOException {
        return Reply.error(500, "a fault that was asked for");
    }
}
