package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;
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

/** The pages of a service: its health, a parent with the session, messages, media, and faults when they are wanted. */
final class SampleRoutes {
    private static final int LONGEST_BODY = 1 << 16;

    /** The query of a message that is kept as no file. */
    private static final String PLAIN = "plain";

    private final SampleSettings settings;
    private final SampleDatabase database;
    private final SampleSessions sessions;
    private final SampleMedia media;
    private final RedisLink redis;
    private final Faults faults;

    SampleRoutes(SampleSettings settings, SampleDatabase database, RedisLink redis, SampleMedia media) {
        this.settings = settings;
        this.database = database;
        this.redis = redis;
        this.sessions = new SampleSessions(redis);
        this.media = media;
        this.faults = new Faults(settings.mayFail(), settings.errorShare());
    }

    Reply answer(HttpExchange exchange) throws Exception {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        String prefix = "/" + settings.service();
        String page = path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
        if (page.equals("/health")) {
            return health();
        }
        if (Faults.isWish(exchange, page)) {
            return faults.grant(exchange);
        }
        if (faults.strikes()) {
            return Faults.struck();
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
        return Reply.error(404, "no such page");
    }

    private Reply health() throws IOException {
        return new HealthReport()
                .with("postgres", database::answers)
                .with("redis", redis::answers)
                .with("media", () -> {
                    media.check();
                    return true;
                })
                .reply();
    }

    private Reply parent(String id) throws Exception {
        long number = Long.parseLong(id);
        Optional<Map<String, Object>> found = database.read(connection -> parentOf(connection, number));
        if (found.isEmpty()) {
            return Reply.error(404, "no such parent");
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
        return content.isPresent() ? Reply.media(content.get()) : Reply.error(404, "no such file");
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
}
