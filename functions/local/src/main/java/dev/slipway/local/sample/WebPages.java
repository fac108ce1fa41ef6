package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import java.util.Map;

/** The pages that people see: each knows their session, and gets what it shows from the gateway. */
record WebPages(BoardStores stores, Forward forward) implements Pages {

    @Override
    public Reply answer(HttpExchange exchange) throws Exception {
        stores.redis().commands().get("sess:1");
        if (exchange.getRequestURI().getRawPath().equals("/")) {
            return Reply.json(200, Map.of("app", "SmartBoard"));
        }
        return forward.to("gateway", "/api" + exchange.getRequestURI().getRawPath(), exchange);
    }
}
