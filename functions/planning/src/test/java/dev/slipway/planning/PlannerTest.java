package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.CopyPace;
import dev.slipway.migration.Finding;
import dev.slipway.migration.exception.PlanBlocked;
import dev.slipway.migration.plan.KeyFate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Strategy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
    private static final String WEB = "services: {web: {image: 'shop/web:1', ports: ['80:3000']}}";
    private static final String DATABASE =
            "services: {db: {image: '%s', environment: {POSTGRES_PASSWORD: '${PW}'}, ports: ['5432:5432']}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uploads:/srv||uploads is a folder that is written to",
                "|target: {compute: none}|no service is moved",
                "|stores: {db: {url: 'postgres://app@${DB_PLACE}/shop'}}|nothing says at which address db is"
            })
    void blocksToShiftTheTrafficFirstWhereNoServiceCanRunTwice(String volume, String more, String reason) {
        Plan plan = Planned.plan(
                """
                services:
                  db: {image: 'postgres:16', environment: {POSTGRES_PASSWORD: '${PW}'}, ports: ['5432:5432']}
                  web: {image: 'shop/web:1', ports: ['80:3000'], volumes: [%s], environment: {DB: 'postgres://db/shop'}}
                volumes: {uploads: }
                """.formatted(volume == null ? "" : volume),
                Planned.TRAFFIC + "strategy: compute-first\n" + (more == null ? "" : more));
        assertThat(plan.blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.subject()).isEqualTo("strategy compute-first");
            assertThat(blocker.message()).isEqualTo(reason + ": write 'strategy: switch' in slipway.yaml");
        });
        assertThatThrownBy(plan::requireUnblocked)
                .isInstanceOf(PlanBlocked.class)
                .hasMessageContaining(reason);
    }

    @Test
    void letsTheServicesThatAreAskedRunTwiceWhereTheTrafficComesFirst() {
        Plan plan = Planned.plan(
                """
                services:
                  db: {image: 'postgres:16', environment: {POSTGRES_PASSWORD: '${PW}'}, ports: ['5432:5432']}
                  web: {image: 'shop/web:1', ports: ['80:3000']}
                  mailer: {image: 'shop/mailer:1'}
                """, "strategy: compute-first\ntraffic: {zone: shop.example, record: www.shop.example, by: 50}\n");
        assertThat(plan.blockers()).isEmpty();
        assertThat(plan.doubled()).extracting(PlannedService::name).containsExactly("web");
        assertThat(plan.traffic().weights()).containsExactly(50, 100);
    }

    @Test
    void followsAPostgresWhereThatIsAskedForAndShiftsAllTrafficAtOnce() {
        Plan plan = Planned.plan(DATABASE.formatted("postgres:15"), Planned.TRAFFIC + "strategy: switch");
        assertThat(plan.blockers()).isEmpty();
        assertThat(plan.strategy()).isEqualTo(Strategy.SWITCH);
        assertThat(plan.strategyReason()).contains("asks for it", "one restart of db with wal_level=logical");
        assertThat(plan.traffic().weights()).containsExactly(100);
        assertThat(plan.warnings()).extracting(Finding::subject).contains("strategy switch");
    }

    @Test
    void blocksToFollowWhatCannotBeFollowed() {
        String redis = "services: {cache: {image: 'redis:%s', ports: ['6379:6379']}}";
        assertThat(blockers(redis.formatted("7"), Planned.TRAFFIC + "strategy: switch"))
                .isEmpty();
        assertThat(blockers(redis.formatted("5"), Planned.TRAFFIC + "strategy: switch"))
                .containsExactly("store cache");
        assertThat(blockers(redis.formatted("5"), Planned.TRAFFIC + "strategy: switch\nstores: {cache: {role: cache}}"))
                .isEmpty();
        assertThat(blockers(DATABASE.formatted("postgres:9.6"), Planned.TRAFFIC + "strategy: switch"))
                .containsExactly("store db");
    }

    /** Nothing closes it to writes, and a run by freeze would end where it is to be closed. */
    @Test
    void followsABucketUnlessSomethingBesideItCannotBeFollowed() {
        String app =
                "services: {minio: {image: 'minio/minio:1', ports: ['9000:9000']}, cache: {image: 'redis:%s', ports: ['6379:6379']}}";
        String spec = Planned.TRAFFIC + "stores: {minio: {url: 's3://media'}, cache: {role: %s}}\n";
        Plan plan = Planned.plan(app.formatted("7"), spec.formatted("record"));
        assertThat(plan.strategy()).isEqualTo(Strategy.SWITCH);
        assertThat(plan.strategyReason()).contains("the copy follows while the app writes");
        assertThat(plan.blockers()).isEmpty();
        assertThat(Planned.plan(app.formatted("5"), spec.formatted("cache")).strategy())
                .isEqualTo(Strategy.SWITCH);
        assertThat(Planned.plan(app.formatted("5"), spec.formatted("record")).blockers())
                .extracting(Finding::toString)
                .singleElement()
                .asString()
                .contains("store minio", "update cache (Redis 5) first", "write 'strategy: switch'");
        assertThat(Planned.plan(app.formatted("7"), spec.formatted("record") + "strategy: freeze")
                        .blockers())
                .extracting(Finding::subject)
                .containsExactly("store minio");
        assertThat(Planned.plan(app.formatted("5"), spec.formatted("record") + "strategy: switch")
                        .blockers())
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .endsWith("update it first");
    }

    @Test
    void saysThatANameOfCloudFrontIsLeftOutWithoutItsZone() {
        String media = "{minio: {url: 's3://media', cdn: media.shop.example}}";
        String minio = "services: {minio: {image: 'minio/minio:1', ports: ['9000:9000']}}";
        assertThat(Planned.plan(minio, "target: {compute: none}\nstores: " + media)
                        .warnings())
                .extracting(Finding::message)
                .anyMatch(message ->
                        message.contains("for media.shop.example its certificate is validated in traffic.zone"));
        assertThat(Planned.plan(minio, "target: {region: eu-west-1}\n" + Planned.TRAFFIC + "stores: " + media)
                        .warnings())
                .extracting(Finding::message)
                .noneMatch(message -> message.contains("media.shop.example"));
    }

    @Test
    void blocksAnAppThatUsersCannotBeSentTo() {
        assertThat(blockers(WEB, "")).containsExactly("traffic");
        assertThat(blockers(WEB, "target: {compute: none}")).isEmpty();
    }

    @Test
    void blocksADevelopmentSwitch() {
        assertThat(Planned.withEnvironment("DEV_BYPASS_AUTH: 'true'").blockers())
                .hasSize(1);
        assertThat(Planned.withEnvironment("DEV_BYPASS_AUTH: 1").blockers()).hasSize(1);
        assertThat(Planned.withEnvironment("DEV_BYPASS_AUTH: 'false'").blockers())
                .isEmpty();
        assertThat(Planned.withEnvironment("DEV_BYPASS_AUTH: ''").blockers()).isEmpty();
    }

    @Test
    void blocksAStoreThatCannotBeReached() {
        String hidden = "services: {db: {image: 'postgres:15', environment: {POSTGRES_PASSWORD: '${PW}'}}}";
        assertThat(blockers(hidden, "")).containsExactly("store db");
        assertThat(blockers(hidden, "stores: {db: {role: leave}}")).isEmpty();
        assertThat(blockers(hidden, "stores: {db: {url: 'postgres://app:${PW}@10.0.0.5/shop'}}"))
                .isEmpty();
    }

    @Test
    void copiesAStoreOfEachKindByAsManyWorkersAndAsHardAsIsAskedFor() {
        Plan plan = Planned.plan(
                """
                services:
                  db: {image: 'postgres:15', ports: ['5432:5432']}
                  q: {image: 'redis:7', ports: ['6379:6379']}
                  minio: {image: 'minio/minio:1', ports: ['9000:9000']}
                """, Planned.TRAFFIC + "stores: {db: {workers: 3, rate: 5MB}, q: {workers: 2}, minio: {jobs: 8}}");
        assertThat(plan.store("db").map(PlannedStore::pace)).contains(new CopyPace(3, 2, 5 << 20));
        assertThat(plan.store("q").map(PlannedStore::pace)).contains(new CopyPace(2, 2, 0));
        assertThat(plan.store("minio").map(PlannedStore::pace)).contains(new CopyPace(1, 8, 0));
        assertThat(plan.warnings())
                .as("a Redis has one thread")
                .filteredOn(warning -> warning.message().contains("one thread"))
                .extracting(Finding::subject)
                .containsExactly("store q");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql:8",
                "mongo:7",
                "confluentinc/cp-kafka:7.5.0",
                "rabbitmq:3-management",
                "clickhouse/clickhouse-server:24"
            })
    void blocksAStoreThatIsNotMovedUnlessItIsLeft(String image) {
        String compose = "services: {web: {image: shop/web}, x: {image: '" + image + "'}}";
        assertThat(blockers(compose, Planned.TRAFFIC)).containsExactly("store x");
        assertThat(blockers(compose, Planned.TRAFFIC + "stores: {x: {role: leave}}"))
                .isEmpty();
    }

    @Test
    void blocksPathsOfAServiceThatIsNotThere() {
        assertThat(blockers(WEB, "traffic: {zone: a.b, record: a.b, paths: {wbe: /*}}"))
                .containsExactly("traffic.paths");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres:15-alpine, 15, 15",
        "postgres:15.12, 15.12, 15",
        "postgis/postgis:16-3.4, 16, 16",
        "timescale/timescaledb:2.17.2-pg17, 17, 17",
        "pgvector/pgvector:pg16, 16, 16",
        "postgres:9.6, 9.6, 14",
        "postgres, '', 17",
        "postgres:latest, '', 17"
    })
    void choosesAVersionThatTheTargetHas(String image, String version, String targetVersion) {
        PlannedStore store =
                Planned.plan(DATABASE.formatted(image), "").store("db").orElseThrow();
        assertThat(store.version()).isEqualTo(version);
        assertThat(store.targetVersion()).isEqualTo(targetVersion);
    }

    @ParameterizedTest
    @CsvSource({
        "redis:6.2, Amazon ElastiCache for Redis OSS, 7.1",
        "redis:7.0-alpine, Amazon ElastiCache for Redis OSS, 7.1",
        "redis:7.4, Amazon ElastiCache for Valkey, 8.1",
        "valkey/valkey:8, Amazon ElastiCache for Valkey, 8.1"
    })
    void choosesACacheThatReadsTheSource(String image, String target, String version) {
        PlannedStore store = Planned.plan("services: {c: {image: '" + image + "', ports: ['6379:6379']}}", "")
                .store("c")
                .orElseThrow();
        assertThat(store.target()).isEqualTo(target);
        assertThat(store.targetVersion()).isEqualTo(version);
    }

    @Test
    void leadsTheFirstPublicServiceEverythingThatNoOtherOneAnswers() {
        Plan plan = Planned.plan("""
                services:
                  web: {image: "shop/web:1", ports: ["80:3000"]}
                  api: {image: "shop/api:1", ports: ["8080:8080"]}
                  worker: {image: "shop/worker:1"}
                """, Planned.TRAFFIC);
        assertThat(plan.routes()).containsExactly(new Plan.Route("/api/*", "api"), new Plan.Route("/*", "web"));
        assertThat(plan.services())
                .extracting("port")
                .map(String::valueOf)
                .containsExactly("Optional[3000]", "Optional[8080]", "Optional.empty");
    }

    @ParameterizedTest
    @CsvSource({
        "0.25, 512M, 256, 512",
        "0.3, 512M, 512, 1024",
        "0.25, 3g, 512, 3072",
        "1, 600M, 1024, 2048",
        "99, 999g, 16384, 122880"
    })
    void roundsUpToWhatFargateOffers(String cpus, String memory, int cpu, int memoryMib) {
        Plan plan = Planned.plan(
                "services: {web: {image: a, deploy: {resources: {limits: {cpus: '" + cpus + "', memory: " + memory
                        + "}}}}}",
                Planned.TRAFFIC);
        assertThat(plan.services().getFirst().cpu()).isEqualTo(cpu);
        assertThat(plan.services().getFirst().memoryMib()).isEqualTo(memoryMib);
    }

    @Test
    void takesTheHealthPathFromTheCheck() {
        Plan plan = Planned.plan(
                "services: {web: {image: a, ports: ['80:80'], healthcheck: {test: 'wget -q http://localhost:80/health/ready || exit 1'}}}",
                Planned.TRAFFIC);
        assertThat(plan.services().getFirst().healthPath()).isEqualTo("/health/ready");
    }

    @Test
    void saysOfEveryKeyWhatBecomesOfIt() {
        Plan plan = Planned.plan("""
                services:
                  web:
                    image: a
                    privileged: true
                    network_mode: host
                    extra_hosts: ["a:1.2.3.4"]
                    devices: ["/dev/x"]
                    restart: always
                    pid: host
                    sysctls: {net.core.somaxconn: 1}
                    volumes: ["./nginx.conf:/etc/nginx.conf:ro"]
                    tty: false
                    working_dir: /app
                """, Planned.TRAFFIC);
        assertThat(keys(plan.lost()))
                .containsExactlyInAnyOrder(
                        "privileged",
                        "network_mode",
                        "extra_hosts",
                        "devices",
                        "devices.permissions",
                        "devices.source",
                        "devices.target",
                        "pid",
                        "volumes");
        assertThat(keys(plan.changed()))
                .containsExactlyInAnyOrder(
                        "restart", "sysctls", "volumes.read_only", "volumes.source", "volumes.target", "volumes.type");
        assertThat(keys(plan.kept())).containsExactlyInAnyOrder("image", "tty", "working_dir");
    }

    @Test
    void aListInWhichEveryKeyHasAReason() {
        Plan plan = Planned.withEnvironment("A: b");
        assertThat(Stream.of(plan.kept(), plan.changed(), plan.lost()).flatMap(List::stream))
                .allMatch(fate -> !fate.why().isBlank());
    }

    @Test
    void addsUpWhatItListsAndKnowsTheDateOfThePrices() {
        Plan plan = Planned.withEnvironment("A: b");
        assertThat(plan.cost().lines().stream().map(line -> line.monthlyUsd()).reduce((a, b) -> a.add(b)))
                .contains(plan.cost().monthlyUsd());
        assertThat(plan.cost().pricesAsOf()).matches("\\d{4}-\\d\\d-\\d\\d");
    }

    @Test
    void aLargerTargetCostsMore() {
        Plan small = Planned.plan(WEB, Planned.TRAFFIC + "target: {size: small}");
        Plan medium = Planned.plan(DATABASE.formatted("postgres:15"), "target: {size: medium}");
        assertThat(small.services().getFirst().count()).isEqualTo(2);
        assertThat(small.cost().monthlyUsd())
                .isGreaterThan(Planned.plan(WEB, Planned.TRAFFIC).cost().monthlyUsd());
        assertThat(medium.stores().getFirst().instance()).isEqualTo("db.t4g.large");
    }

    @Test
    void weightsReachOneHundredWhateverTheStep() {
        assertThat(Planned.plan(WEB, "traffic: {zone: a.b, record: a.b, by: 30}")
                        .traffic()
                        .weights())
                .containsExactly(30, 60, 90, 100);
    }

    private static List<String> blockers(String compose, String spec) {
        return Planned.plan(compose, spec).blockers().stream()
                .map(Finding::subject)
                .toList();
    }

    private static List<String> keys(List<KeyFate> fates) {
        return fates.stream().map(KeyFate::key).toList();
    }

    @Test
    void warnsOfWhatTheSpecSaysWithoutEffect() {
        Plan plan = Planned.plan(
                "services: {web: {image: shop/web:1}}",
                "approval: true\nsoak: 1h\nnotify: [team@shop.example]\n" + Planned.TRAFFIC);
        assertThat(plan.warnings()).extracting("subject").contains("approval", "soak", "notify");
    }
}
