package dev.slipway.local.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.slipway.migration.StrictJson;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The pages of a service: its health, a parent with the session, messages, media, and faults when they are wanted. */
final class SampleRoutes {
    private static final int LONGEST_BODY = 1 << 16;

    /** The query of a message that is kept as no file. */
    private static final String PLAIN = "plain";

    private final SampleSettings settings;
    private final SampleDatabase database;
    private final SampleSessions sessions;
    private final SampleMedia media;
    private volatile double errorShare;

    SampleRoutes(SampleSettings settings, SampleDatabase database, SampleSessions sessions, SampleMedia media) {
        this.settings = settings;
        this.database = database;
        this.sessions = sessions;
        this.media = media;
        this.errorShare = settings.errorShare();
    }

    Reply answer(HttpExchange exchange) throws Exception {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        String prefix = "/" + settings.service();
        String page = path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
        if (page.equals("/health")) {
            return health();
        }
        if (method.equals("POST") && page.equals("/faults")) {
            return faults(exchange);
        }
        if (settings.mayFail() && ThreadLocalRandom.current().nextDouble() < errorShare) {
            return Reply.json(500, Map.of("error", "a fault that was asked for"));
        }
        return page(exchange, method, page);
    }

    private Reply page(HttpExchange exchange, String method, String page) throws Exception {
        if (method.equals("GET") && page.startsWith("/parents/")) {
            return parent(page.substring("/parents/".length()));
        }
        if (method.equals("GET") && page.startsWith("/media/")) {
            return media(page.substring("/media/".length()));
        }
        if (method.equals("POST") && page.equals("/messages")) {
            return message(exchange);
        }
        return Reply.json(404, Map.of("error", "no such page"));
    }

    private Reply health() throws IOException {
        Map<String, String> stores = new LinkedHashMap<>();
        stores.put("postgres", state(() -> database.read(connection -> connection.isValid(2))));
        stores.put("redis", state(() -> {
            sessions.check();
            return true;
        }));
        stores.put("media", state(() -> {
            media.check();
            return true;
        }));
        return Reply.json(stores.values().stream().allMatch("ok"::equals) ? 200 : 503, stores);
    }

    @FunctionalInterface
    private interface Check {
        boolean passes() throws Exception;
    }

    private static String state(Check check) {
        try {
            return check.passes() ? "ok" : "no answer";
        } catch (Exception e) {
            return Causes.lineOf(e);
        }
    }

    private Reply parent(String id) throws Exception {
        long number = Long.parseLong(id);
        Optional<Map<String, Object>> found = database.read(connection -> parentOf(connection, number));
        if (found.isEmpty()) {
            return Reply.json(404, Map.of("error", "no such parent"));
        }
        Map<String, Object> parent = new LinkedHashMap<>(found.get());
        parent.put("signed_in", !sessions.sessionOf(number).isEmpty());
        return Reply.json(200, parent);
    }

    private static Optional<Map<String, Object>> parentOf(Connection connection, long id) throws SQLException {
        String sql = "SELECT p.name, p.email, (SELECT count(*) FROM messages m WHERE m.parent_id = p.id) AS messages"
                + " FROM parents p WHERE p.id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(Map.of(
                                "id",
                                id,
                                "name",
                                row.getString(1),
                                "email",
                                row.getString(2),
                                "messages",
                                row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    private Reply media(String encoded) throws IOException {
        String name = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        Optional<byte[]> content = media.read(name);
        return content.isPresent() ? Reply.media(content.get()) : Reply.json(404, Map.of("error", "no such file"));
    }

    /** Postgres first: a fence there keeps the other two stores clean as well. */
    private Reply message(HttpExchange exchange) throws Exception {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY);
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            long id = database.write(connection -> insert(connection, text));
            sessions.remember(settings.service(), id, text);
            if (!PLAIN.equals(exchange.getRequestURI().getQuery())) {
                media.write("messages/" + settings.service() + "-" + id + ".txt", body);
            }
            return Reply.json(201, Map.of("id", id));
        } catch (Exception e) {
            if (Causes.isReadOnly(e)) {
                return Reply.readOnly();
            }
            throw e;
        }
    }

    private long insert(Connection connection, String text) throws SQLException {
        String sql = "INSERT INTO messages (parent_id, service, body) SELECT min(id), ?, ? FROM parents RETURNING id";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, settings.service());
            statement.setString(2, text);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private Reply faults(HttpExchange exchange) throws IOException {
        if (!settings.mayFail()) {
            return Reply.json(403, Map.of("error", "SAMPLE_FAULTS is not on"));
        }
        JsonNode wish = StrictJson.mapper().readTree(exchange.getRequestBody());
        errorShare = wish.path("error_share").asDouble(0);
        return Reply.json(200, Map.of("error_share", errorShare));
    }
}
