package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import java.util.Map;

/** Dashboards, each with what is shown on it. */
record DashboardPages(BoardStores stores) implements Pages {

    @Override
    public Reply answer(HttpExchange exchange) throws Exception {
        BoardRequest request = BoardRequest.of(exchange);
        return switch (request.wish()) {
            case "GET dashboards" ->
                table().row(
                                "SELECT \"title\", \"layout\", (SELECT count(*) FROM \"Widget\" w WHERE w.\"dashboardId\" = d.\"id\") AS widgets"
                                        + " FROM \"Dashboard\" d WHERE \"id\" = ?",
                                request.number());
            case "POST dashboards" -> draw(request.text());
            default -> Reply.error(404, "no such page");
        };
    }

    private Reply draw(String title) throws Exception {
        long id = table().number(
                        "INSERT INTO \"Dashboard\" (\"tenantId\", \"title\") VALUES (1, ?) RETURNING \"id\"", title);
        return Reply.json(201, Map.of("id", id));
    }

    private BoardTable table() {
        return new BoardTable(stores.database("dashboards"));
    }
}
