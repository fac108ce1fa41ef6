package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Datasets: a row, a file in the bucket, and a job for the worker. */
record DatasetPages(BoardStores stores) implements Pages {

    @Override
    public Reply answer(HttpExchange exchange) throws Exception {
        BoardRequest request = BoardRequest.of(exchange);
        return switch (request.wish()) {
            case "GET datasets" ->
                table().row(
                                "SELECT \"name\", \"object\", \"status\", (SELECT count(*) FROM \"Column\" c WHERE c.\"datasetId\" = d.\"id\")"
                                        + " AS columns FROM \"Dataset\" d WHERE \"id\" = ?",
                                request.number());
            case "POST datasets" -> upload(request.body());
            default -> Reply.error(404, "no such page");
        };
    }

    /** Postgres first: a fence there keeps the other two stores clean as well. */
    private Reply upload(byte[] content) throws Exception {
        String name = new String(content, StandardCharsets.UTF_8);
        long id = table().number(
                        "INSERT INTO \"Dataset\" (\"tenantId\", \"name\", \"object\") VALUES (1, ?, '') RETURNING \"id\"",
                        name);
        String object = BoardObjects.upload(id);
        stores.bucket().write(object, content);
        new DatasetQueue(stores.redis()).add(id, object);
        return Reply.json(201, Map.of("id", id));
    }

    private BoardTable table() {
        return new BoardTable(stores.database("datasets"));
    }
}
