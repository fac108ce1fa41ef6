package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way to the inner services: {@code /api/auth/users/1} is page {@code /users/1} of svc-auth. */
record GatewayPages(BoardStores stores, Forward forward) implements Pages {
    private static final Pattern PATH = Pattern.compile("/api/([a-z]+)(/.*)");

    @Override
    public Reply answer(HttpExchange exchange) throws Exception {
        Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath());
        if (!path.matches()) {
            return Reply.error(404, "no such page");
        }
        // How much everybody may ask for stands in Redis.
        stores.redis().commands().hgetall("limits:1");
        return forward.to(path.group(1), path.group(2), exchange);
    }
}
