package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.Map;

/** Users, and the sessions that they begin. */
record AuthPages(BoardStores stores) implements Pages {
    private static final Duration DAY = Duration.ofDays(1);

    @Override
    public Reply answer(HttpExchange exchange) throws Exception {
        BoardRequest request = BoardRequest.of(exchange);
        return switch (request.wish()) {
            case "GET users" ->
                table().row(
                                "SELECT \"id\", \"email\", \"name\", \"provider\" FROM \"User\" WHERE \"id\" = ?",
                                request.number());
            case "POST sessions" -> begin(request.text());
            default -> Reply.error(404, "no such page");
        };
    }

    private Reply begin(String device) throws Exception {
        long id = table().number(
                        "INSERT INTO \"Session\" (\"userId\", \"device\") SELECT min(\"id\"), ? FROM \"User\" RETURNING \"id\"",
                        device);
        stores.redis().commands().set("sess:new:" + id, device, SetArgs.Builder.ex(DAY));
        return Reply.json(201, Map.of("id", id));
    }

    private BoardTable table() {
        return new BoardTable(stores.database("auth"));
    }
}
