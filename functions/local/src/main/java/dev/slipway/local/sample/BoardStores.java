package dev.slipway.local.sample;

import dev.slipway.migration.exception.InvalidInput;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The stores that one service of SmartBoard was given; each is connected to when it is needed. */
final class BoardStores implements AutoCloseable {
    private final Map<String, SampleDatabase> databases;
    private final RedisLink redis;
    private final Optional<BucketMedia> bucket;

    BoardStores(BoardSettings settings) {
        this.databases = settings.databases().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new SampleDatabase(entry.getValue(), settings.service())));
        this.redis = new RedisLink(settings.redis());
        this.bucket = settings.bucket().map(BoardBucket::open);
    }

    SampleDatabase database(String schema) {
        return Optional.ofNullable(databases.get(schema)).orElseThrow(() -> missing("database " + schema));
    }

    RedisLink redis() {
        return redis;
    }

    BucketMedia bucket() {
        return bucket.orElseThrow(() -> missing("bucket"));
    }

    /** Not the bucket: one service may only write to it, another one only read. */
    HealthReport health() {
        HealthReport report = new HealthReport().with("redis", redis::answers);
        databases.forEach((schema, database) -> report.with(schema, database::answers));
        return report;
    }

    private static InvalidInput missing(String store) {
        return new InvalidInput("use the " + store, "no variable names it", "set it as in SmartBoard's compose file");
    }

    @Override
    public void close() throws SQLException {
        redis.close();
        for (SampleDatabase database : databases.values()) {
            database.close();
        }
    }
}
