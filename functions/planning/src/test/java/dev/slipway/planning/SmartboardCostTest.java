package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.spec.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the guide to SmartBoard, row by row: eu-west-1. */
class SmartboardCostTest {
    private static final String REGION = "eu-west-1";
    private static final int SERVICES = 9;

    private static final GuideRow FARGATE =
            row("ECS Fargate (9 services × 0.25 vCPU / 0.5 GB)", lines -> lines.tasks("services", SERVICES, 256, 512));
    private static final GuideRow AURORA = row("RDS Aurora PostgreSQL (db.t4g.medium), Multi-AZ", lines -> {
        lines.aurora("db", "db.t4g.medium", 2);
        lines.auroraStorage("storage", BigDecimal.valueOf(20));
        lines.auroraRequests("requests", 5);
    });
    private static final GuideRow CACHE = row(
            "ElastiCache Redis (cache.t4g.small), single node",
            lines -> lines.cache("cache", "redis", "cache.t4g.small", 1));
    private static final GuideRow BUCKET = row("S3 + data transfer, 10 GB storage", lines -> {
        add(lines, "s3.gb", 10);
        add(lines, "transfer.out-gb", 50);
    });
    private static final GuideRow BALANCER = row("ALB, 1", lines -> {
        add(lines, "alb.hour", 1);
        add(lines, "alb.lcu-hour", 1);
    });
    private static final GuideRow LOGS =
            row("CloudWatch Logs (all services), 10 GB/month", lines -> add(lines, "logs.gb", 10));
    private static final GuideRow NAT = row("NAT Gateway, 2×", lines -> add(lines, "nat.hour", 2));

    @Test
    void ecsFargateNineServices() {
        FARGATE.isBesideBecause(
                "40", "2.25 vCPU and 4.5 GB for 730 hours cost this; the guide's figure is that of half a month");
    }

    @Test
    void rdsAuroraT4gMediumMultiAz() {
        AURORA.isBesideBecause(
                "80",
                "Multi-AZ is a second instance in Aurora; the guide's figure is one ($58.40) with storage and requests");
    }

    @Test
    void elastiCacheT4gSmallSingleNode() {
        CACHE.isAbout("25");
    }

    @Test
    void s3AndDataTransfer() {
        BUCKET.isAbout("5");
    }

    @Test
    void alb() {
        BALANCER.isAbout("20");
    }

    @Test
    void cloudWatchLogs() {
        LOGS.isAbout("5");
    }

    @Test
    void natGatewayTwice() {
        NAT.isAbout("70");
    }

    @Test
    void total() {
        GuideRow.total("SmartBoard: Total", List.of(FARGATE, AURORA, CACHE, BUCKET, BALANCER, LOGS, NAT))
                .isBesideBecause("245", "by Fargate and Aurora's second instance, as said above");
    }

    @Test
    void forgets() {
        Stream<String> repositories = IntStream.range(0, SERVICES).mapToObj(i -> "AWS::ECR::Repository");
        Stream<String> secrets = IntStream.range(0, 5).mapToObj(i -> "AWS::SecretsManager::Secret");
        Stream<String> alarms = IntStream.range(0, 5).mapToObj(i -> "AWS::CloudWatch::Alarm");
        Stream<String> others = Stream.of(
                "AWS::WAFv2::WebACL", "AWS::CloudWatch::Dashboard", "AWS::ServiceDiscovery::PrivateDnsNamespace");
        GuideRow.forgotten(
                        "SmartBoard, forgotten: WAF, images, five secrets, five alarms, a dashboard, private names",
                        REGION,
                        Size.POC,
                        Stream.of(repositories, secrets, alarms, others)
                                .flatMap(types -> types)
                                .toArray(String[]::new))
                .isMissing();
        row("SmartBoard, forgotten: four public addresses", lines -> add(lines, "ipv4.hour", 4))
                .isMissing();
    }

    @Test
    void fargateSpotSavesAboutSeventyPercent() {
        assertThat(SavingsTest.saving("Fargate Spot").percent()).isBetween(70 * 3 / 4, 70 * 5 / 4);
    }

    private static GuideRow row(String name, Consumer<CostLines> things) {
        return GuideRow.of(name, REGION, things);
    }

    private static void add(CostLines lines, String price, int amount) {
        lines.add("", price, price, BigDecimal.valueOf(amount));
    }
}
