package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** What happens just now, as server-sent events; all of it is in Redis. */
record RealtimePages(BoardStores stores) implements Pages {
    private static final String STREAM = "realtime:events";
    private static final int LATEST = 20;

    @Override
    public Reply answer(HttpExchange exchange) throws Exception {
        BoardRequest request = BoardRequest.of(exchange);
        return switch (request.wish()) {
            case "GET stream" -> latest();
            case "POST events" -> Reply.json(201, Map.of("id", publish(request.text())));
            default -> Reply.error(404, "no such page");
        };
    }

    private String publish(String body) {
        return stores.redis().commands().xadd(STREAM, Map.of("event", "said", "body", body));
    }

    private Reply latest() {
        String events = stores.redis().commands().xrevrange(STREAM, Range.unbounded(), Limit.from(LATEST)).stream()
                .map(message -> "id: " + message.getId() + "\ndata: "
                        + message.getBody().getOrDefault("body", "").replace('\n', ' ') + "\n\n")
                .collect(Collectors.joining());
        return new Reply(200, Map.of("Content-Type", "text/event-stream"), events.getBytes(StandardCharsets.UTF_8));
    }
}
