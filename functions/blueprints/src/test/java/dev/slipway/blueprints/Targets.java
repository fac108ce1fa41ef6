package dev.slipway.blueprints;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.spec.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Targets of apps as the guides have them. */
final class Targets {
    static final String SECRET =
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:slipway/targets/crp-preschool-AbCdEf";

    private Targets() {}

    static TargetSpec crpPreschool() {
        return target(
                "crp-preschool",
                Size.POC,
                List.of(
                        new TargetSpec.Store(
                                "postgres",
                                StoreKind.POSTGRES,
                                "15",
                                "db.t4g.micro",
                                20,
                                "crp_preschool",
                                BucketSettings.NONE),
                        new TargetSpec.Store(
                                "redis", StoreKind.REDIS, "6.2", "cache.t4g.micro", 0, "0", BucketSettings.NONE),
                        new TargetSpec.Store("media", StoreKind.OBJECTS, "", "", 0, "", BucketSettings.NONE)),
                List.of(
                        service("auth-service", 3004, List.of("/auth/*")),
                        service("communication-service", 3001, List.of("/communication/*"))));
    }

    /** A gateway, a web server and seven services that only they reach. */
    static TargetSpec smartboard() {
        List<TargetSpec.Service> inner = IntStream.rangeClosed(1, 7)
                .mapToObj(number -> service("svc-" + number, 4000 + 10 * number, List.of()))
                .toList();
        List<TargetSpec.Service> services = new ArrayList<>(inner);
        services.add(service("web", 3000, List.of("/*")));
        services.add(service("gateway", 4000, List.of("/api/*", "/socket.io/*")));
        return target(
                "smartboard",
                Size.SMALL,
                List.of(
                        new TargetSpec.Store(
                                "postgres",
                                StoreKind.POSTGRES,
                                "16",
                                "db.t4g.medium",
                                50,
                                "smartboard",
                                BucketSettings.NONE),
                        new TargetSpec.Store(
                                "redis", StoreKind.REDIS, "7.1", "cache.t4g.small", 0, "0", BucketSettings.NONE),
                        new TargetSpec.Store("minio", StoreKind.OBJECTS, "", "", 0, "", BucketSettings.NONE)),
                services);
    }

    static TargetSpec target(String app, Size size, List<TargetSpec.Store> stores, List<TargetSpec.Service> services) {
        return new TargetSpec(app, "us-east-1", size, stores, services, true, Optional.empty(), List.of());
    }

    static TargetSpec.Service service(String name, int port, List<String> paths) {
        return new TargetSpec.Service(
                name,
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/" + name + ":1.4.0",
                Optional.of(port),
                paths,
                List.of(),
                "/health",
                List.of(),
                256,
                512,
                new TreeMap<>(Map.of("NODE_ENV", "production", "PORT", Integer.toString(port), "LOG_LEVEL", "info")),
                new TreeMap<>(Map.of(
                        "DATABASE_URL", SECRET + ":" + name + ".DATABASE_URL::",
                        "REDIS_URL", SECRET + ":" + name + ".REDIS_URL::",
                        "JWT_SECRET", SECRET + ":" + name + ".JWT_SECRET::")));
    }
}
