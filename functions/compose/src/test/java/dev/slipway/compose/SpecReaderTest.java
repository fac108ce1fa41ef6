package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.exception.InvalidSpec;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.DatabaseService;
import dev.slipway.migration.spec.Delivery;
import dev.slipway.migration.spec.Gates;
import dev.slipway.migration.spec.Images;
import dev.slipway.migration.spec.Nat;
import dev.slipway.migration.spec.Network;
import dev.slipway.migration.spec.Protection;
import dev.slipway.migration.spec.Repository;
import dev.slipway.migration.spec.Servers;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.StoreSpec;
import dev.slipway.migration.spec.StoreTarget;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.migration.spec.Target;
import dev.slipway.migration.spec.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
    @Test
    void anEmptyFileSaysTheDefaults() {
        assertThat(read("")).isEqualTo(Spec.DEFAULT);
        assertThat(read("# nothing\n")).isEqualTo(Spec.DEFAULT);
        assertThat(read("traffic:\nstores:\n")).isEqualTo(Spec.DEFAULT);
    }

    @Test
    void readsABucketsSettingsAsTheInspectionPrintsThem() {
        assertThat(read("""
                stores: {media: {"bucket": {"CorsConfiguration": {"CorsRules": [{"AllowedMethods": ["GET"], "MaxAge": 60}]},
                  "VersioningConfiguration": {"Status": "Enabled"}}}}
                """).store("media").bucket())
                .isEqualTo(new BucketSettings(Map.of(
                        "CorsConfiguration",
                        Map.of("CorsRules", List.of(Map.of("AllowedMethods", List.of("GET"), "MaxAge", 60L))),
                        "VersioningConfiguration",
                        Map.of("Status", "Enabled"))));
    }

    @Test
    void readsEveryKey() {
        assertThat(read("""
                app: shop
                source: {address: 10.0.0.5}
                target:
                  region: eu-west-1
                  size: medium
                  compute: servers
                  network:
                    cidr: 10.7.0.0/16
                    nat: each
                    vpc: vpc-0a
                    public_subnets: [subnet-1, subnet-2]
                    private_subnets: [subnet-3, subnet-4]
                    clients: [sg-0a, 10.9.0.0/16]
                  images: source
                  servers: {existing: [i-0a, 10.7.0.9], security_group: sg-0d, image: ami-0a, launch_template: lt-0e:7,
                    instance: t3.small, count: 2}
                  protection: [guardduty, backup]
                  monthly_limit: 200
                stores:
                  db: {role: cache, engine: postgres, url: "postgres://app:${DB_PASSWORD}@10.0.0.5/shop", workers: 8, jobs: 4, rate: 20MB, size: 12GB, target: aurora, proxy: true,
                    replicas: 2, backup: {days: 30, region: eu-central-1}, rotation: 90d, cdn: media.shop.example}
                  old: {role: leave, secret: "arn:aws:secretsmanager:eu-west-1:1:secret:old"}
                strategy: compute-first
                cutover: {max_pause: 90s}
                hold: 2d
                soak: 1h30m
                approval: true
                traffic:
                  zone: shop.example.
                  record: www.shop.example
                  by: 25
                  every: 250ms
                  failures: 3
                  gates: {error_share: 0.5%, response_time: 2s}
                  certificate: arn:aws:acm:eu-west-1:1:certificate/0a
                  paths: {web: /*, api: [/api/*, /v2/*]}
                schema: {command: alembic upgrade head}
                delivery: github-actions
                repository: {connection: "arn:aws:codeconnections:eu-west-1:1:connection/0a", name: shop/shop, branch: trunk}
                notify: team@example.com
                """)).isEqualTo(everyKey());
    }

    private static Spec everyKey() {
        Traffic traffic = new Traffic(
                Optional.of("shop.example"),
                Optional.of("www.shop.example"),
                25,
                Duration.ofMillis(250),
                3,
                new Gates(0.005, Optional.of(Duration.ofSeconds(2))),
                Optional.of("arn:aws:acm:eu-west-1:1:certificate/0a"),
                Map.of("web", List.of("/*"), "api", List.of("/api/*", "/v2/*")));
        StoreSpec database = new StoreSpec(
                Optional.of(StoreRole.CACHE),
                Optional.of("postgres"),
                Optional.of(SourceUrl.of("postgres://app:${DB_PASSWORD}@10.0.0.5/shop")),
                Optional.empty(),
                new CopyPace(8, 4, 20 << 20),
                BucketSettings.NONE,
                Optional.of(12L << 30),
                new StoreTarget(
                        DatabaseService.AURORA,
                        true,
                        2,
                        0,
                        Optional.of(30),
                        Optional.of("eu-central-1"),
                        Optional.of(90),
                        Optional.of(true),
                        Optional.of("media.shop.example")));
        StoreSpec old = new StoreSpec(
                Optional.of(StoreRole.LEAVE),
                Optional.empty(),
                Optional.empty(),
                Optional.of("arn:aws:secretsmanager:eu-west-1:1:secret:old"),
                CopyPace.DEFAULT,
                BucketSettings.NONE,
                Optional.empty(),
                StoreTarget.DEFAULT);
        return new Spec(
                Optional.of("shop"),
                "10.0.0.5",
                new Target(
                        "eu-west-1",
                        Size.MEDIUM,
                        Compute.SERVERS,
                        new Network(
                                "10.7.0.0/16",
                                Optional.of(Nat.EACH),
                                Optional.of(new Network.Existing(
                                        "vpc-0a", List.of("subnet-1", "subnet-2"), List.of("subnet-3", "subnet-4"))),
                                List.of("sg-0a", "10.9.0.0/16")),
                        Images.SOURCE,
                        new Servers(
                                List.of("i-0a", "10.7.0.9"),
                                Optional.of("sg-0d"),
                                Optional.of("ami-0a"),
                                Optional.of(new Servers.LaunchTemplate("lt-0e", 7)),
                                Optional.of("t3.small"),
                                2),
                        List.of(Protection.GUARDDUTY, Protection.BACKUP),
                        Optional.of(200)),
                Map.of("db", database, "old", old),
                Optional.of(Strategy.COMPUTE_FIRST),
                Duration.ofSeconds(90),
                Duration.ofDays(2),
                traffic,
                Duration.ofMinutes(90),
                true,
                Optional.of("alembic upgrade head"),
                Delivery.GITHUB_ACTIONS,
                Optional.of(new Repository("arn:aws:codeconnections:eu-west-1:1:connection/0a", "shop/shop", "trunk")),
                List.of("team@example.com"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'repository: {name: shop/shop}'|slipway.yaml:1|repository has no 'connection'",
                "'repository: {connection: mine, name: shop/shop}'|slipway.yaml:1|list-connections",
                "'trafic: {by: 5}'|slipway.yaml:1|did you mean 'traffic'",
                "'app: shop\ntraffic:\n  evry: 5m'|slipway.yaml:3|did you mean 'traffic.every'",
                "'traffic: {gates: {eror_share: 1%}}'|slipway.yaml:1|did you mean 'traffic.gates.error_share'",
                "'stores:\n  db:\n    rol: cache'|slipway.yaml:3|did you mean 'stores.db.role'",
                "'stores: {m: {bucket: {CorsConfigurations: {}}}}'|slipway.yaml:1|did you mean 'stores.m.bucket.CorsConfiguration'",
                "'stores: {m: {bucket: {CorsConfiguration: {Rules: []}}}}'|slipway.yaml:1|known here are CorsRules",
                "'stores:\n  db:\n    workers: 33'|slipway.yaml:3|from 1 to 32",
                "'stores:\n  db:\n    jobs: 0'|slipway.yaml:3|from 1 to 64",
                "'stores:\n  db:\n    rate: fast'|slipway.yaml:3|bytes, e.g. 20MB",
                "'stores:\n  db:\n    rate: 0'|slipway.yaml:3|bytes, e.g. 20MB",
                "'zzzzzzzzzz: 1'|slipway.yaml:1|known here are app",
                "'target: {size: huge}'|slipway.yaml:1|medium, poc, small",
                "'target: {region: Frankfurt}'|slipway.yaml:1|us-east-1",
                "'strategy: fast'|slipway.yaml:1|compute-first",
                "'hold: 5'|slipway.yaml:1|no duration",
                "'hold: -5m'|slipway.yaml:1|no duration",
                "'traffic: {by: 0}'|slipway.yaml:1|from 1 to 100",
                "'traffic: {by: 101}'|slipway.yaml:1|from 1 to 100",
                "'traffic: {by: ten}'|slipway.yaml:1|from 1 to 100",
                "'traffic: {gates: {error_share: 200%}}'|slipway.yaml:1|percentage",
                "'traffic: {zone: a.com, record: b.com}'|slipway.yaml:1|does not lie in the zone",
                "'traffic: {paths: {web: api}}'|slipway.yaml:1|begin with",
                "'approval: maybe'|slipway.yaml:1|false, true",
                "'app: My App'|slipway.yaml:1|cannot be used on AWS",
                "'app: [a]'|slipway.yaml:1|is a list",
                "'traffic: 5'|slipway.yaml:1|make it a mapping",
                "'stores: {db: {url: \"mysql://h/d\"}}'|slipway.yaml:1|no engine"
            })
    void saysInOneLineWhatIsWrongAndWhere(String text, String place, String reason) {
        Refusal.assertRefused(() -> read(text), place, reason);
    }

    @Test
    void refusesAPasswordWithoutRepeatingIt() {
        assertThatThrownBy(() -> read("stores: {db: {url: 'postgres://app:hunter2@h/d'}}"))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("holds a password")
                .hasMessageNotContaining("hunter2");
    }

    private static Spec read(String text) {
        return SpecReader.read("slipway.yaml", text);
    }
}
