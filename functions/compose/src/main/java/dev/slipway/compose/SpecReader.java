package dev.slipway.compose;

import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlReader;
import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.DatabaseService;
import dev.slipway.migration.spec.Delivery;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.StoreSpec;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.migration.spec.Target;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code slipway.yaml}: every key has a default, an unknown one is an error that names the nearest. */
public final class SpecReader {
    private static final Map<String, StoreRole> ROLES =
            Map.of("record", StoreRole.RECORD, "cache", StoreRole.CACHE, "leave", StoreRole.LEAVE);
    private static final Map<String, Strategy> STRATEGIES =
            Map.of("freeze", Strategy.FREEZE, "switch", Strategy.SWITCH, "compute-first", Strategy.COMPUTE_FIRST);
    private static final Map<String, Size> SIZES = Map.of("poc", Size.POC, "small", Size.SMALL, "medium", Size.MEDIUM);
    private static final Map<String, Compute> COMPUTES =
            Map.of("fargate", Compute.FARGATE, "eks", Compute.EKS, "none", Compute.NONE);
    private static final Map<String, DatabaseService> DATABASES =
            Map.of("rds", DatabaseService.RDS, "aurora", DatabaseService.AURORA);
    private static final Map<String, Delivery> DELIVERIES =
            Map.of("codepipeline", Delivery.CODEPIPELINE, "github-actions", Delivery.GITHUB_ACTIONS);
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

    private SpecReader() {}

    /** @throws dev.slipway.migration.exception.InvalidSpec naming file and line */
    public static Spec read(String file, String text) {
        SpecKeys root = SpecKeys.root(YamlReader.read(file, text));
        root.allow(
                "app",
                "source",
                "target",
                "stores",
                "strategy",
                "cutover",
                "hold",
                "traffic",
                "soak",
                "approval",
                "schema",
                "delivery",
                "notify",
                ServerReader.KEY);
        SpecKeys source = root.child("source").allow("address");
        Optional<String> server = ServerReader.check(root.child(ServerReader.KEY));
        SpecKeys cutover = root.child("cutover").allow("max_pause");
        SpecKeys schema = root.child("schema").allow("command");
        Spec or = Spec.DEFAULT;
        return new Spec(
                root.text("app").map(app -> AppName.checked(app, root.at("app"))),
                source.text("address").or(() -> server).orElse(or.sourceAddress()),
                target(root.child("target")),
                stores(root.child("stores")),
                root.choice("strategy", STRATEGIES),
                cutover.duration("max_pause").orElse(or.maxPause()),
                root.duration("hold").orElse(or.hold()),
                TrafficReader.read(root.child("traffic")),
                root.duration("soak").orElse(or.soak()),
                root.flag("approval").orElse(or.approval()),
                schema.text("command"),
                root.choice("delivery", DELIVERIES).orElse(or.delivery()),
                root.texts("notify"));
    }

    private static Target target(SpecKeys keys) {
        keys.allow("region", "size", "compute");
        Target or = Target.DEFAULT;
        return new Target(
                keys.matching("region", "[a-z]{2}(-[a-z]+)+-\\d", "a region such as us-east-1")
                        .orElse(or.region()),
                keys.choice("size", SIZES).orElse(or.size()),
                keys.choice("compute", COMPUTES).orElse(or.compute()));
    }

    private static Map<String, StoreSpec> stores(SpecKeys keys) {
        Map<String, StoreSpec> stores = new LinkedHashMap<>();
        keys.names().forEach(name -> stores.put(name, store(keys.child(name))));
        return stores;
    }

    private static StoreSpec store(SpecKeys keys) {
        keys.allow("role", "engine", "url", "secret", "workers", "jobs", "rate", "bucket", "size", "target", "proxy");
        return new StoreSpec(
                keys.choice("role", ROLES),
                keys.choice("engine", ENGINES),
                keys.text("url").map(url -> url(url, keys.at("url"))),
                keys.matching("secret", "arn:aws[a-z-]*:secretsmanager:\\S+", "the ARN of a Secrets Manager secret"),
                pace(keys),
                bucket(keys.child("bucket")),
                keys.bytes("size"),
                keys.choice("target", DATABASES).orElse(StoreSpec.DEFAULT.target()),
                keys.flag("proxy").orElse(StoreSpec.DEFAULT.proxy()));
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
