package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.Map;

/** What the worker found out, and what people do. */
record AnalyticsPages(BoardStores stores) implements Pages {
    private static final Duration WEEK = Duration.ofDays(7);

    @Override
    public Reply answer(HttpExchange exchange) throws Exception {
        BoardRequest request = BoardRequest.of(exchange);
        return switch (request.wish()) {
            case "GET results" ->
                table().row(
                                "SELECT \"lines\", \"bytes\", \"total\" FROM \"Result\" WHERE \"datasetId\" = ?",
                                request.number());
            case "POST events" -> event(request.text());
            default -> Reply.error(404, "no such page");
        };
    }

    private Reply event(String name) throws Exception {
        long id = table().number("INSERT INTO \"Event\" (\"tenantId\", \"name\") VALUES (1, ?) RETURNING \"id\"", name);
        stores.redis().commands().set("event:" + id, name, SetArgs.Builder.ex(WEEK));
        return Reply.json(201, Map.of("id", id));
    }

    private BoardTable table() {
        return new BoardTable(stores.database("analytics"));
    }
}
