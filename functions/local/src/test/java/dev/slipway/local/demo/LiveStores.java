package dev.slipway.local.demo;

import dev.slipway.local.check.OutsideCheck;
import dev.slipway.migration.StoreUrl;
import io.lettuce.core.Range;
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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One side's stores, in which what was acknowledged has to be: a row or an entry, a key, and for some a file or an object. */
record LiveStores(OutsideCheck.Side side, S3Client s3) {

    /** What was acknowledged and is not there, or is there twice. */
    Set<String> missing(List<LiveWriters.Written> acknowledged) throws SQLException, IOException {
        Set<String> missing = new LinkedHashSet<>();
        Map<LiveWrites, Map<String, String>> ids = new HashMap<>();
        for (LiveWrites kind :
                acknowledged.stream().map(LiveWriters.Written::kind).distinct().toList()) {
            ids.put(kind, ids(kind, missing));
        }
        Set<String> keys = keys();
        Set<String> objects = objects();
        for (LiveWriters.Written written : acknowledged) {
            String id = ids.getOrDefault(written.kind(), Map.of()).get(written.text());
            if (id == null) {
                missing.add(written.text() + " is in no row or entry");
            } else {
                require(written.kind().key(), id, keys)
                        .ifPresent(name -> missing.add(written.text() + " has no key " + name));
                require(written.kind().object(), id, objects)
                        .ifPresent(name -> missing.add(written.text() + " has no object " + name));
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

    /** The name that has to be there, where it is not. */
    private static Optional<String> require(Optional<UnaryOperator<String>> named, String id, Set<String> there) {
        return named.map(name -> name.apply(id)).filter(name -> !there.contains(name));
    }

    /** The ids of those of one kind that were acknowledged. */
    Set<String> ids(LiveWrites kind, List<LiveWriters.Written> acknowledged) throws SQLException {
        Map<String, String> ids = ids(kind, new LinkedHashSet<>());
        return acknowledged.stream()
                .filter(written -> written.kind().equals(kind))
                .map(written -> ids.getOrDefault(written.text(), written.text() + " is not there"))
                .collect(Collectors.toSet());
    }

    /** What a query of one column answers. */
    List<String> rows(String query) throws SQLException {
        return lines(side.postgres(), query);
    }

    private Map<String, String> ids(LiveWrites kind, Set<String> missing) throws SQLException {
        Map<String, String> ids = new HashMap<>();
        for (String line : lines(kind)) {
            String[] found = line.split(" ", 2);
            if (ids.put(found[1], found[0]) != null) {
                missing.add(found[1] + " is there twice");
            }
        }
        return ids;
    }

    /** Each an id and its text. */
    private List<String> lines(LiveWrites kind) throws SQLException {
        return switch (kind.place()) {
            case LiveWrites.Place.Rows rows ->
                rows("SELECT %2$s || ' ' || %3$s FROM %1$s WHERE %3$s LIKE '%4$s%%'"
                        .formatted(rows.table(), rows.id(), rows.text(), kind.prefix()));
            case LiveWrites.Place.Entries entries -> entries(entries, kind.prefix());
        };
    }

    private List<String> entries(LiveWrites.Place.Entries entries, String prefix) {
        try (RedisClient client = RedisClient.create(uri(side.redis()))) {
            return client.connect().sync().xrange(entries.stream(), Range.unbounded()).stream()
                    .filter(entry ->
                            entry.getBody().getOrDefault(entries.field(), "").startsWith(prefix))
                    .map(entry -> entry.getId() + " " + entry.getBody().get(entries.field()))
                    .toList();
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
            ScanIterator.scan(client.connect().sync(), ScanArgs.Builder.limit(1_000))
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
            return keys(media.host());
        }
        Path folder = Path.of(media.uri().getPath());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }

    /** The emulated store cannot read a continuation token of its own that stands for some keys. */
    private Set<String> keys(String bucket) {
        Set<String> keys = new HashSet<>();
        String after = "";
        while (true) {
            String last = after;
            List<S3Object> page = s3.listObjectsV2(
                            request -> request.bucket(bucket).startAfter(last))
                    .contents();
            if (page.isEmpty()) {
                return keys;
            }
            page.forEach(object -> keys.add(object.key()));
            after = page.getLast().key();
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
