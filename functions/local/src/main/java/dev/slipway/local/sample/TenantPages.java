package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import java.util.Map;

/** Tenants, and the guests that they invite. */
record TenantPages(BoardStores stores) implements Pages {

    @Override
    public Reply answer(HttpExchange exchange) throws Exception {
        BoardRequest request = BoardRequest.of(exchange);
        return switch (request.wish()) {
            case "GET tenants" ->
                table().row(
                                "SELECT \"slug\", \"name\", (SELECT count(*) FROM \"Membership\" WHERE \"tenantId\" = \"id\") AS members"
                                        + " FROM \"Tenant\" WHERE \"id\" = ?",
                                request.number());
            case "POST invitations" -> invite(request.text());
            default -> Reply.error(404, "no such page");
        };
    }

    private Reply invite(String email) throws Exception {
        long id = table().number(
                        "INSERT INTO \"Invitation\" (\"tenantId\", \"email\") SELECT min(\"id\"), ? FROM \"Tenant\" RETURNING \"id\"",
                        email);
        return Reply.json(201, Map.of("id", id));
    }

    private BoardTable table() {
        return new BoardTable(stores.database("tenants"));
    }
}
