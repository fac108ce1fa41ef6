package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.ContainerOptions;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedAccess;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.StoreTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CostPlannerTest {
    private static final PlannedService WEB = new PlannedService(
            "web",
            "web",
            false,
            Optional.of(80),
            List.of("/*"),
            List.of(),
            "/",
            Optional.empty(),
            List.of(),
            ContainerOptions.NONE,
            512,
            1024,
            2,
            Optional.empty(),
            false,
            new PlannedAccess(List.of(), List.of(), List.of(), List.of()));

    private static final PlannedService WORKER = ExamplePlan.service(
            "worker", "worker", Optional.empty(), List.of(), 2, Optional.of(new Scaling(2, 10, 70)));
    private static final PlannedJob ONCE = ExamplePlan.job("migrate", "web", Optional.empty());
    private static final PlannedJob NIGHTLY = ExamplePlan.job("report", "web", Optional.of("cron(0 3 * * ? *)"));

    @Test
    void saysAmountsInWholeNumbers() {
        Cost cost = plan(
                Size.POC,
                "AWS::CloudFront::Distribution",
                "AWS::SNS::Topic",
                "AWS::CodeBuild::Project",
                "AWS::APS::Workspace");
        assertThat(quantity(cost, "requests of viewers")).isEqualTo("1,000,000 requests");
        assertThat(quantity(cost, "mails of alarms")).isEqualTo("100 mails");
        assertThat(quantity(cost, "minutes of builds")).isEqualTo("100 minutes");
        assertThat(quantity(cost, "samples")).isEqualTo("50,000,000 samples");
    }

    @Test
    void countsTheLogsOfEachServiceOfOneGroup() {
        assertThat(quantity(plan(Size.POC, "AWS::Logs::LogGroup"), "logs")).isEqualTo("2 GB");
    }

    @Test
    void pricesAJobByTheHourIfItHasASchedule() {
        Cost cost = plan(Size.POC);
        assertThat(cost.lines()).extracting(Cost.Line::item).noneMatch(item -> item.contains("migrate"));
        assertThat(line(cost, "report: Fargate, an hour a day").monthlyUsd()).isEqualByComparingTo("0.37");
    }

    @Test
    void saysWhatItCostsWhenItIsScaled() {
        assertThat(plan(Size.POC).remarks())
                .contains("with all services at the most of their tasks all month it is $72.08 more");
    }

    @Test
    void saysWhatOfItIsNotMadeYet() {
        assertThat(plan(Size.POC, "AWS::EFS::FileSystem", "AWS::EC2::VPC").remarks())
                .contains("$3.00 of it is for what this version plans and does not make yet: Amazon EFS");
    }

    @Test
    void eachLineIsItsUnitsPriceAndAddsUp() {
        Cost cost = Planned.withEnvironment("A: b").cost();
        assertThat(cost.lines()).isNotEmpty().allSatisfy(line -> {
            assertThat(line.service()).isNotBlank();
            assertThat(line.quantity()).isNotBlank();
            assertThat(line.unit()).isNotBlank();
            assertThat(line.unitUsd()).isPositive();
        });
        assertThat(cost.notPriced()).isEmpty();
    }

    @Test
    void saysWhatEachSizeWouldCost() {
        Plan plan = Planned.withEnvironment("A: b");
        assertThat(plan.cost().sizes()).extracting(Cost.OfSize::size).containsExactly(Size.values());
        assertThat(plan.cost().sizes().getFirst().monthlyUsd())
                .isEqualByComparingTo(plan.cost().monthlyUsd());
        assertThat(plan.cost().sizes()).extracting(Cost.OfSize::monthlyUsd).isSorted();
    }

    @Test
    void pricesTheWayOutThatIsAskedFor() {
        assertThat(quantity(wayOut("poc", "one"), "NAT gateways")).isEqualTo("1");
        assertThat(quantity(wayOut("small", "each"), "NAT gateways")).isEqualTo("2");
        assertThat(quantity(wayOut("small", "none"), "interface endpoints"))
                .as("eight, each in two zones")
                .isEqualTo("16");
        assertThat(wayOut("small", "none").lines()).extracting(Cost.Line::item).doesNotContain("NAT gateways");
    }

    private static Cost wayOut(String size, String nat) {
        return Planned.plan(
                        "services: {web: {image: 'shop/web:1', ports: ['80:3000']}}",
                        Planned.TRAFFIC + "target: {size: " + size + ", network: {nat: " + nat + "}}")
                .cost();
    }

    @Test
    void pricesNodesInsteadOfTasks() {
        Cost nodes = plan(Size.SMALL, "AWS::EKS::Cluster");
        assertThat(nodes.lines())
                .extracting(Cost.Line::item)
                .contains("cluster", "nodes, c6a.large", "nodes kept by Auto Mode")
                .doesNotContain("web: Fargate");
    }

    @Test
    void pricesAuroraByItsInstancesAndOneStorage() {
        Cost cost = planOf("target: aurora, replicas: 1, proxy: true");
        assertThat(cost.lines())
                .filteredOn(line -> line.service().equals("Amazon Aurora"))
                .extracting(Cost.Line::quantity)
                .containsExactly("3 × db.t4g.medium", "100 GB", "25,000,000 requests");
        assertThat(quantity(cost, "db: Amazon RDS Proxy"))
                .as("two vCPUs of each instance")
                .isEqualTo("6");
    }

    @Test
    void pricesReplicasTheProxyAndBackupsInAnotherRegion() {
        Cost cost = planOf("replicas: 2, proxy: true, backup: {region: eu-west-1, days: 10}");
        assertThat(quantity(cost, "db: Amazon RDS for PostgreSQL")).isEqualTo("2 × db.t4g.medium");
        assertThat(quantity(cost, "db: read replicas")).isEqualTo("2 × db.t4g.medium");
        assertThat(quantity(cost, "db: storage of read replicas")).isEqualTo("2 × 100 GB gp3");
        assertThat(quantity(cost, "db: Amazon RDS Proxy")).isEqualTo("2");
        assertThat(quantity(cost, "db: backups in eu-west-1"))
                .as("all of it once, and ten days of a hundredth of it")
                .isEqualTo("110 GB");
        assertThat(quantity(cost, "db: backups on their way to eu-west-1")).isEqualTo("30 GB");
    }

    @Test
    void pricesEachShardAndTheBackupsBeyondTheFirst() {
        Cost cost = planOf("shards: 3, replicas: 1, backup: {days: 3}");
        assertThat(quantity(cost, "cache: Amazon ElastiCache for Redis OSS")).isEqualTo("9 × cache.t4g.small");
        assertThat(line(cost, "cache: backups").quantity()).isEqualTo("2.74 GB");
    }

    /** A database and a cache of size {@code small}, with what is said of both. */
    private static Cost planOf(String options) {
        return Planned.plan(
                        "services: {db: {image: 'postgres:15'}, cache: {image: 'redis:7.0'}, web: {image: 'shop/web:1'}}",
                        "target: {size: small}\nstores: {db: {" + options + "}, cache: {" + options + "}}")
                .cost();
    }

    @Test
    void pricesValkeyAFifthLower() {
        PlannedStore redis = store("q", StoreKind.REDIS, "Amazon ElastiCache for Redis OSS", "cache.t4g.micro", 0);
        PlannedStore valkey = store("q", StoreKind.REDIS, "Amazon ElastiCache for Valkey", "cache.t4g.micro", 0);
        assertThat(line(plan(Size.POC, List.of(valkey)), "q: Amazon ElastiCache for Valkey")
                        .unitUsd())
                .isEqualByComparingTo("0.0128");
        assertThat(line(plan(Size.POC, List.of(redis)), "q: Amazon ElastiCache for Redis OSS")
                        .unitUsd())
                .isEqualByComparingTo("0.016");
    }

    @Test
    void countsABucketOfAStoreOnce() {
        PlannedStore media = store("media", StoreKind.OBJECTS, "Amazon S3", "", 0);
        List<PlannedResource> buckets = Stream.of("media", "web-static")
                .map(name -> new PlannedResource("AWS::S3::Bucket", name, ""))
                .toList();
        Cost cost = plan(Size.POC, List.of(media), buckets);
        assertThat(cost.lines())
                .filteredOn(line -> line.service().equals("Amazon S3"))
                .extracting(Cost.Line::item)
                .containsExactly(
                        "media: Amazon S3",
                        "media: requests that write",
                        "media: requests that read",
                        "bucket beside the stores");
    }

    @Test
    void tellsAPlannedResourceThatHasNoPrice() {
        assertThat(plan(Size.POC, "AWS::QLDB::Ledger").notPriced())
                .extracting(Cost.NotPriced::item)
                .containsExactly("AWS::QLDB::Ledger (AWS::QLDB::Ledger)");
    }

    @Test
    void pricesNothingOfAStoreThatStays() {
        Plan plan = Planned.plan(
                "services: {db: {image: 'postgres:16', ports: ['5432:5432']}}",
                "target: {compute: none}\nstores: {db: {role: leave}}");
        assertThat(plan.cost().lines()).extracting(Cost.Line::item).noneMatch(item -> item.contains("db"));
        assertThat(plan.cost().lines()).extracting(Cost.Line::item).doesNotContain("secrets");
    }

    private static Cost plan(Size size, String... types) {
        return plan(size, List.of(), types);
    }

    private static Cost plan(Size size, List<PlannedStore> stores, String... types) {
        return plan(
                size,
                stores,
                Stream.of(types)
                        .map(type -> new PlannedResource(type, type, ""))
                        .toList());
    }

    private static Cost plan(Size size, List<PlannedStore> stores, List<PlannedResource> resources) {
        return new CostPlanner(new PriceFile())
                .plan(
                        Spec.DEFAULT.withSize(size),
                        resources,
                        List.of(WEB, WORKER),
                        List.of(ONCE, NIGHTLY),
                        stores,
                        new PlannedTraffic(
                                Optional.empty(),
                                Optional.empty(),
                                List.of(100),
                                300,
                                0.01,
                                Optional.empty(),
                                Optional.empty(),
                                1),
                        List.of());
    }

    private static PlannedStore store(String name, StoreKind kind, String target, String instance, int gb) {
        return new PlannedStore(
                name,
                kind,
                "",
                "",
                StoreRole.RECORD,
                Optional.empty(),
                target,
                "",
                instance,
                gb,
                2 * gb,
                "",
                0,
                7,
                Map.of(),
                StoreTarget.DEFAULT,
                CopyPace.DEFAULT,
                BucketSettings.NONE);
    }

    private static String quantity(Cost cost, String item) {
        return line(cost, item).quantity();
    }

    private static Cost.Line line(Cost cost, String item) {
        return cost.lines().stream()
                .filter(line -> line.item().equals(item))
                .findFirst()
                .orElseThrow();
    }
}
