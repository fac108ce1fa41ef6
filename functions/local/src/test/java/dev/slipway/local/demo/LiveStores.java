package dev.slipway.local.demo;

import dev.slipway.local.check.OutsideCheck;
import dev.slipway.migration.StoreUrl;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One side's stores, in each of which a message that was acknowledged has to be: a row, a key, and for some a file or an object. */
record LiveStores(OutsideCheck.Side side, S3Client s3) {
    private static final String SERVICE = "auth";

    /** What was acknowledged and is not there. */
    Set<String> missing(List<String> acknowledged) throws SQLException, IOException {
        Map<String, String> rows = new HashMap<>();
        Set<String> missing = new LinkedHashSet<>();
        for (String line : lines(side.postgres(), "SELECT id || ' ' || body FROM messages WHERE body LIKE 'live-%'")) {
            String[] row = line.split(" ", 2);
            if (rows.put(row[1], row[0]) != null) {
                missing.add(row[1] + " is there twice");
            }
        }
        Set<String> keys = keys();
        Set<String> objects = objects();
        for (String text : acknowledged) {
            String id = rows.get(text);
            if (id == null) {
                missing.add(text + " is no row");
                continue;
            }
            if (!keys.contains("message:" + SERVICE + ":" + id)) {
                missing.add(text + " is no key");
            }
            if (text.startsWith(LiveWriters.FILED) && !objects.contains("messages/" + SERVICE + "-" + id + ".txt")) {
                missing.add(text + " is no object");
            }
        }
        return missing;
    }

    /** Whether the database lets anybody write, as it would a superuser; nothing is changed. */
    boolean isOpenDatabase() {
        try (Connection connection = DemoStory.connect(side.postgres());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            boolean written = statement.executeUpdate(
                            "UPDATE messages SET body = body WHERE id IN (SELECT min(id) FROM messages)")
                    > 0;
            connection.rollback();
            return written;
        } catch (SQLException closed) {
            return false;
        }
    }

    /** The same of a Redis by one of its logins. */
    static boolean isOpenCache(StoreUrl login) {
        try (RedisClient client = RedisClient.create(uri(login))) {
            return client.connect().sync().del("nobodys") == 0;
        } catch (RedisException closed) {
            return false;
        }
    }

    /** What following has made on a server, and not taken away. */
    List<String> left() throws SQLException, IOException {
        List<String> left = new ArrayList<>(lines(side.postgres(), """
                SELECT 'slot ' || slot_name FROM pg_replication_slots
                UNION ALL SELECT 'publication ' || pubname FROM pg_publication
                UNION ALL SELECT 'subscription ' || subname FROM pg_subscription
                UNION ALL SELECT 'role ' || rolname FROM pg_roles WHERE rolname LIKE 'slipway%'
                UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname LIKE 'slipway%'
                """));
        try (RedisClient client = RedisClient.create(uri(side.redis()))) {
            RedisCommands<String, String> redis = client.connect().sync();
            redis.keys("*slipway*").forEach(key -> left.add("key " + key));
            redis.aclList().stream().filter(user -> user.contains("slipway")).forEach(left::add);
            redis.configGet("min-replicas-to-write").values().stream()
                    .filter(number -> !number.equals("0"))
                    .forEach(number -> left.add("fence of Redis"));
        }
        objects().stream().filter(name -> name.contains(".slipway")).forEach(left::add);
        return left;
    }

    private Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        try (RedisClient client = RedisClient.create(uri(side.redis()))) {
            ScanIterator.scan(
                            client.connect().sync(),
                            ScanArgs.Builder.matches("message:" + SERVICE + ":*")
                                    .limit(1_000))
                    .forEachRemaining(keys::add);
        }
        return keys;
    }

    private static RedisURI uri(StoreUrl url) {
        RedisURI.Builder uri = RedisURI.builder().withHost(url.host()).withPort(url.port(6379));
        url.password()
                .ifPresent(password -> uri.withAuthentication(
                        url.user().filter(user -> !user.isEmpty()).orElse("default"), password.toCharArray()));
        return uri.build();
    }

    private Set<String> objects() throws IOException {
        StoreUrl media = side.media();
        if (media.scheme().equals("s3")) {
            return s3.listObjectsV2Paginator(request -> request.bucket(media.host())).contents().stream()
                    .map(S3Object::key)
                    .collect(Collectors.toSet());
        }
        Path folder = Path.of(media.uri().getPath());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> lines(StoreUrl store, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DemoStory.connect(store);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
