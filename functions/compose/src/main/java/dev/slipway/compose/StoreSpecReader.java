package dev.slipway.compose;

import dev.slipway.compose.yaml.Position;
import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.spec.DatabaseService;
import dev.slipway.migration.spec.StoreSpec;
import dev.slipway.migration.spec.StoreTarget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one of the {@code stores} of {@code slipway.yaml}. */
final class StoreSpecReader {
    private static final Map<String, StoreRole> ROLES =
            Map.of("record", StoreRole.RECORD, "cache", StoreRole.CACHE, "leave", StoreRole.LEAVE);
    private static final Map<String, DatabaseService> DATABASES =
            Map.of("rds", DatabaseService.RDS, "aurora", DatabaseService.AURORA);
    private static final Map<String, String> ENGINES = Map.of(
            "postgres",
            "postgres",
            "redis",
            "redis",
            "valkey",
            "valkey",
            "minio",
            "minio",
            "folder",
            "folder",
            "bucket",
            "bucket");
    private static final int MOST_REPLICAS = 15;
    private static final int MOST_SHARDS = 500;
    private static final int LONGEST_BACKUP_DAYS = 35;
    private static final int USUAL_ROTATION_DAYS = 30;

    private StoreSpecReader() {}

    static StoreSpec read(SpecKeys keys) {
        keys.allow(
                "role",
                "engine",
                "url",
                "secret",
                "workers",
                "jobs",
                "rate",
                "bucket",
                "size",
                "target",
                "proxy",
                "replicas",
                "shards",
                "backup",
                "rotation",
                "cdn");
        return new StoreSpec(
                keys.choice("role", ROLES),
                keys.choice("engine", ENGINES),
                keys.text("url").map(url -> url(url, keys.at("url"))),
                keys.matching("secret", "arn:aws[a-z-]*:secretsmanager:\\S+", "the ARN of a Secrets Manager secret"),
                pace(keys),
                bucket(keys.child("bucket")),
                keys.bytes("size"),
                target(keys));
    }

    private static StoreTarget target(SpecKeys keys) {
        SpecKeys backup = keys.child("backup").allow("days", "region");
        StoreTarget or = StoreTarget.DEFAULT;
        Optional<String> cdn = keys.matching(
                "cdn",
                "true|false|[a-z0-9-]+(\\.[a-z0-9-]+)+",
                "true, false, or the name under which users read it, e.g. media.example.com");
        return new StoreTarget(
                keys.choice("target", DATABASES).orElse(or.service()),
                keys.flag("proxy").orElse(or.proxy()),
                keys.number("replicas", 0, MOST_REPLICAS).orElse(or.replicas()),
                keys.number("shards", 0, MOST_SHARDS).orElse(or.shards()),
                backup.number("days", 1, LONGEST_BACKUP_DAYS),
                TargetReader.region(backup, "region"),
                rotationDays(keys),
                cdn.map(text -> !text.equals("false")),
                cdn.filter(text -> text.contains(".")));
    }

    private static Optional<Integer> rotationDays(SpecKeys keys) {
        return keys.matching(
                        "rotation",
                        "true|false|([1-9]|[1-9]\\d|[12]\\d{2}|3[0-5]\\d|36[0-5])d",
                        "true, false, or days from 1d to 365d")
                .filter(text -> !text.equals("false"))
                .map(text -> text.equals("true")
                        ? USUAL_ROTATION_DAYS
                        : Integer.parseInt(text.substring(0, text.length() - 1)));
    }

    private static BucketSettings bucket(SpecKeys keys) {
        keys.allow(BucketSettings.CARRIED.keySet().toArray(String[]::new));
        Map<String, Object> properties = new LinkedHashMap<>();
        keys.names().forEach(property -> {
            keys.child(property)
                    .allow(BucketSettings.CARRIED
                            .getOrDefault(property, Set.of())
                            .toArray(String[]::new));
            properties.put(property, keys.tree(property));
        });
        return new BucketSettings(properties);
    }

    private static CopyPace pace(SpecKeys keys) {
        CopyPace or = CopyPace.DEFAULT;
        return new CopyPace(
                keys.number("workers", 1, CopyPace.MOST_WORKERS).orElse(or.workers()),
                keys.number("jobs", 1, CopyPace.MOST_JOBS).orElse(or.jobs()),
                keys.bytes("rate").orElse(or.bytesPerSecond()));
    }

    /** The file is uploaded as it is, so no password may stand in it. */
    private static SourceUrl url(String text, Position at) {
        SecretVault found = new SecretVault();
        new SecretText(found).extract("PASSWORD", SourceUrl.of(text).template());
        if (!found.values().isEmpty()) {
            throw at.invalid(
                    "the URL holds a password",
                    "write ${NAME} in its place and NAME=… in .env, or name a Secrets Manager ARN under 'secret'");
        }
        if (!text.matches("(postgres(ql)?|rediss?|s3|file)://.+")) {
            throw at.invalid(
                    "the URL's scheme belongs to no engine",
                    "begin it with postgres://, redis://, rediss://, s3:// or file://");
        }
        return SourceUrl.of(text);
    }
}
