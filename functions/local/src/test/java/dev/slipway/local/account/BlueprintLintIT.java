package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetSpec.Service;
import dev.slipway.blueprints.TargetSpec.Store;
import dev.slipway.blueprints.TargetTemplate;
import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.spec.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CloudFormation's own linter says of the blueprints and of what is assembled from them. */
final class BlueprintLintIT {
    @TempDir
    Path folder;

    @Test
    void findsNothingInABlueprint() throws IOException {
        try (Stream<Path> files =
                Files.list(Linters.ROOT.resolve("functions/blueprints/src/main/resources/dev/slipway/blueprints"))) {
            assertThat(lint(files.toList())).isEmpty();
        }
    }

    @Test
    void findsNothingInAssembledTargets() throws IOException {
        TargetSpec preschool = target("crp-preschool", Size.POC, "15", "6.2", List.of("auth", "communication"));
        TargetSpec smartboard = target(
                "smartboard",
                Size.SMALL,
                "16",
                "7.1",
                List.of("web", "gateway", "users", "boards", "files", "chat", "mail", "search", "jobs"));
        assertThat(lint(List.of(
                        write(preschool), write(smartboard.withWorkers(List.of("sg-0a1b2c3d", "10.9.0.0/16"))))))
                .isEmpty();
    }

    private Path write(TargetSpec spec) throws IOException {
        return Files.writeString(folder.resolve(spec.app() + ".json"), TargetTemplate.of(spec));
    }

    /** W3691 knows minor versions only; of a major one RDS takes the newest. */
    private String lint(List<Path> files) throws IOException {
        return new Linters(folder).templates(files, "W3691");
    }

    private static TargetSpec target(String app, Size size, String postgres, String redis, List<String> services) {
        return new TargetSpec(
                app,
                "us-east-1",
                size,
                List.of(
                        new Store(
                                "postgres",
                                StoreKind.POSTGRES,
                                postgres,
                                "db.t4g.micro",
                                20,
                                "app",
                                BucketSettings.NONE),
                        new Store("redis", StoreKind.REDIS, redis, "cache.t4g.micro", 0, "0", BucketSettings.NONE),
                        new Store("media", StoreKind.OBJECTS, "", "", 0, "", settings())),
                services.stream().map(BlueprintLintIT::service).toList(),
                true,
                Optional.of("arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d"),
                List.of());
    }

    private static Service service(String name) {
        return new Service(
                name,
                "shop/" + name + ":1",
                Optional.of(3000),
                List.of("/" + name + "/*"),
                List.of(name + ".example.com"),
                "/health",
                List.of(),
                256,
                512,
                new TreeMap<>(Map.of("NODE_ENV", "production")),
                new TreeMap<>(Map.of(
                        "DATABASE_URL",
                        "arn:aws:secretsmanager:us-east-1:123456789012:secret:slipway/targets/shop-AbCdEf:" + name
                                + "::")));
    }

    /** Of each kind of value that an inspection prints. */
    private static BucketSettings settings() {
        return new BucketSettings(Map.of(
                "CorsConfiguration",
                Map.of(
                        "CorsRules",
                        List.of(Map.of(
                                "AllowedMethods", List.of("GET"), "AllowedOrigins", List.of("*"), "MaxAge", 3600))),
                "LifecycleConfiguration",
                Map.of(
                        "Rules",
                        List.of(Map.of(
                                "Id", "drafts",
                                "Status", "Enabled",
                                "Prefix", "drafts/",
                                "ExpirationInDays", 30,
                                "ObjectSizeGreaterThan", "1024",
                                "NoncurrentVersionExpiration", Map.of("NoncurrentDays", 7),
                                "Transitions", List.of(Map.of("StorageClass", "GLACIER", "TransitionInDays", 10)))))));
    }
}
