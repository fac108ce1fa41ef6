package dev.slipway.planning;

import dev.slipway.migration.spec.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The three tables of the guide to crp-preschool, row by row: us-east-1, PostgreSQL, storage as in its commands. */
class CrpPreschoolCostTest {
    private static final GuideRow POC_DATABASE = row("POC: RDS t3.micro (PostgreSQL)", lines -> {
        lines.database("db", "db.t3.micro", 1);
        lines.databaseStorage("storage", "gp3", 20, 1);
    });
    private static final GuideRow POC_CACHE =
            row("POC: ElastiCache t3.micro (Redis)", lines -> lines.cache("cache", "redis", "cache.t3.micro", 1));
    private static final GuideRow POC_SERVICES =
            row("POC: ECS Fargate (2 services)", lines -> lines.tasks("services", 2, 256, 512));
    private static final GuideRow POC_BUCKET = row("POC: S3 Storage (10GB)", lines -> add(lines, "s3.gb", 10));
    private static final GuideRow POC_TRANSFER = row("POC: Data Transfer", lines -> add(lines, "transfer.out-gb", 50));

    private static final GuideRow SMALL_DATABASE = row("Small: RDS t3.medium (Multi-AZ)", lines -> {
        lines.database("db", "db.t3.medium", 2);
        lines.databaseStorage("storage", "gp3", 100, 2);
    });
    private static final GuideRow SMALL_CACHE =
            row("Small: ElastiCache t3.small (Cluster)", lines -> lines.cache("cache", "redis", "cache.t3.small", 2));
    private static final GuideRow SMALL_SERVICES =
            row("Small: ECS Fargate (4 services, scaled)", lines -> lines.tasks("services", 4 * 2, 512, 1024));
    private static final GuideRow SMALL_BUCKET = row("Small: S3 Storage (100GB)", lines -> add(lines, "s3.gb", 100));
    private static final GuideRow SMALL_CDN = row("Small: CloudFront CDN", lines -> {
        add(lines, "cloudfront.gb", 200);
        add(lines, "cloudfront.request", 400);
    });
    private static final GuideRow SMALL_TRANSFER =
            row("Small: Data Transfer", lines -> add(lines, "transfer.out-gb", 200));
    private static final GuideRow SMALL_BALANCER = row("Small: ALB", lines -> {
        add(lines, "alb.hour", 1);
        add(lines, "alb.lcu-hour", 1);
    });

    private static final GuideRow MEDIUM_DATABASE = row("Medium: RDS t3.large (Multi-AZ)", lines -> {
        lines.database("db", "db.t3.large", 2);
        lines.databaseStorage("storage", "gp3", 100, 2);
    });
    private static final GuideRow MEDIUM_CACHE =
            row("Medium: ElastiCache r6g.large", lines -> lines.cache("cache", "redis", "cache.r6g.large", 1));
    private static final GuideRow MEDIUM_SERVICES =
            row("Medium: ECS Fargate (scaled)", lines -> lines.tasks("services", 4 * 5, 512, 1024));
    private static final GuideRow MEDIUM_BUCKET = row("Medium: S3 Storage (1TB)", lines -> add(lines, "s3.gb", 1000));
    private static final GuideRow MEDIUM_CDN = row("Medium: CloudFront", lines -> {
        add(lines, "cloudfront.gb", 1000);
        add(lines, "cloudfront.request", 2000);
    });
    private static final GuideRow MEDIUM_TRANSFER =
            row("Medium: Data Transfer", lines -> add(lines, "transfer.out-gb", 1000));

    @Test
    void pocRdsT3Micro() {
        POC_DATABASE.isAbout("15");
    }

    @Test
    void pocElastiCacheT3Micro() {
        POC_CACHE.isAbout("12");
    }

    @Test
    void pocFargateTwoServices() {
        POC_SERVICES.isBesideBecause(
                "30",
                "no size is named: at 0.25 vCPU and 0.5 GB, which the app's services fit in, two tasks cost this");
    }

    @Test
    void pocS3TenGigabytes() {
        POC_BUCKET.isAbout("0.23");
    }

    @Test
    void pocDataTransfer() {
        POC_TRANSFER.isAbout("5");
    }

    @Test
    void pocTotal() {
        GuideRow.total("POC: Total", List.of(POC_DATABASE, POC_CACHE, POC_SERVICES, POC_BUCKET, POC_TRANSFER))
                .isAbout("65");
    }

    @Test
    void pocForgets() {
        GuideRow.forgotten(
                        "POC, forgotten: load balancer, NAT gateway, public addresses, logs, secrets, private names",
                        PriceFile.HOME,
                        Size.POC,
                        "AWS::ElasticLoadBalancingV2::LoadBalancer",
                        "AWS::EC2::NatGateway",
                        "AWS::Logs::LogGroup",
                        "AWS::Logs::LogGroup",
                        "AWS::SecretsManager::Secret",
                        "AWS::SecretsManager::Secret",
                        "AWS::SecretsManager::Secret",
                        "AWS::SecretsManager::Secret",
                        "AWS::ServiceDiscovery::PrivateDnsNamespace")
                .isMissing();
    }

    @Test
    void smallRdsT3MediumMultiAz() {
        SMALL_DATABASE.isAbout("120");
    }

    @Test
    void smallElastiCacheT3SmallCluster() {
        SMALL_CACHE.isBesideBecause(
                "35", "what fails over has two nodes at least, $24.82 each; the guide's figure is between one and two");
    }

    @Test
    void smallFargateFourServicesScaled() {
        SMALL_SERVICES.isAbout("150");
    }

    @Test
    void smallS3OneHundredGigabytes() {
        SMALL_BUCKET.isAbout("2.30");
    }

    @Test
    void smallCloudFront() {
        SMALL_CDN.isAbout("20");
    }

    @Test
    void smallDataTransfer() {
        SMALL_TRANSFER.isAbout("20");
    }

    @Test
    void smallAlb() {
        SMALL_BALANCER.isAbout("25");
    }

    @Test
    void smallTotal() {
        GuideRow.total(
                        "Small: Total",
                        List.of(
                                SMALL_DATABASE,
                                SMALL_CACHE,
                                SMALL_SERVICES,
                                SMALL_BUCKET,
                                SMALL_CDN,
                                SMALL_TRANSFER,
                                SMALL_BALANCER))
                .isAbout("375");
    }

    @Test
    void smallForgets() {
        GuideRow.forgotten(
                        "Small, forgotten: two NAT gateways and their data, logs of four services, secrets, WAF, five alarms",
                        PriceFile.HOME,
                        Size.SMALL,
                        "AWS::EC2::NatGateway",
                        "AWS::EC2::NatGateway",
                        "AWS::Logs::LogGroup",
                        "AWS::Logs::LogGroup",
                        "AWS::Logs::LogGroup",
                        "AWS::Logs::LogGroup",
                        "AWS::SecretsManager::Secret",
                        "AWS::SecretsManager::Secret",
                        "AWS::SecretsManager::Secret",
                        "AWS::SecretsManager::Secret",
                        "AWS::WAFv2::WebACL",
                        "AWS::CloudWatch::Alarm",
                        "AWS::CloudWatch::Alarm",
                        "AWS::CloudWatch::Alarm",
                        "AWS::CloudWatch::Alarm",
                        "AWS::CloudWatch::Alarm")
                .isMissing();
    }

    @Test
    void mediumRdsT3LargeMultiAz() {
        MEDIUM_DATABASE.isAbout("280");
    }

    @Test
    void mediumElastiCacheR6gLarge() {
        MEDIUM_CACHE.isAbout("180");
    }

    @Test
    void mediumFargateScaled() {
        MEDIUM_SERVICES.isAbout("400");
    }

    @Test
    void mediumS3OneTerabyte() {
        MEDIUM_BUCKET.isAbout("23");
    }

    @Test
    void mediumCloudFront() {
        MEDIUM_CDN.isAbout("100");
    }

    @Test
    void mediumDataTransfer() {
        MEDIUM_TRANSFER.isAbout("100");
    }

    @Test
    void mediumTotal() {
        GuideRow.total(
                        "Medium: Total",
                        List.of(
                                MEDIUM_DATABASE,
                                MEDIUM_CACHE,
                                MEDIUM_SERVICES,
                                MEDIUM_BUCKET,
                                MEDIUM_CDN,
                                MEDIUM_TRANSFER))
                .isAbout("1200");
    }

    @Test
    void mediumForgets() {
        GuideRow.forgotten(
                        "Medium, forgotten: load balancer, two NAT gateways and their data, logs of four services",
                        PriceFile.HOME,
                        Size.MEDIUM,
                        "AWS::ElasticLoadBalancingV2::LoadBalancer",
                        "AWS::EC2::NatGateway",
                        "AWS::EC2::NatGateway",
                        "AWS::Logs::LogGroup",
                        "AWS::Logs::LogGroup",
                        "AWS::Logs::LogGroup",
                        "AWS::Logs::LogGroup")
                .isMissing();
    }

    private static GuideRow row(String name, Consumer<CostLines> things) {
        return GuideRow.of(name, PriceFile.HOME, things);
    }

    private static void add(CostLines lines, String price, int amount) {
        lines.add("", price, price, BigDecimal.valueOf(amount));
    }
}
