package dev.slipway.planning;

import dev.slipway.migration.spec.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The right-sizing table of the guide to BahnVision, which has no figures but its alarm: us-west-2, by its commands. */
class BahnvisionCostTest {
    private static final String REGION = "us-west-2";

    private static final GuideRow DATABASE = row("RDS db.t3.micro, Multi-AZ, 20 GB gp2", lines -> {
        lines.database("db", "db.t3.micro", 2);
        lines.databaseStorage("storage", "gp2", 20, 2);
    });
    private static final GuideRow PROXY = row("RDS Proxy, 2 vCPU", lines -> add(lines, "rds.proxy.vcpu-hour", 2));
    private static final GuideRow CACHE =
            row("ElastiCache cache.t3.micro, 2 nodes", lines -> lines.cache("cache", "redis", "cache.t3.micro", 2));
    private static final GuideRow CLUSTER = row("EKS cluster", lines -> add(lines, "eks.cluster-hour", 1));
    private static final GuideRow NODES = row("EKS nodes, 3 × t3.medium", lines -> {
        add(lines, "ec2.t3.medium", 3);
        add(lines, "ebs.gp3", 60);
    });
    private static final GuideRow BALANCER = row("ALB", lines -> {
        add(lines, "alb.hour", 1);
        add(lines, "alb.lcu-hour", 1);
    });

    @Test
    void rdsT3Micro() {
        DATABASE.isMissing();
    }

    @Test
    void rdsProxy() {
        PROXY.isMissing();
    }

    @Test
    void elastiCacheT3MicroForDevelopment() {
        CACHE.isMissing();
    }

    @Test
    void elastiCacheT3SmallForProduction() {
        row("ElastiCache cache.t3.small, 2 nodes", lines -> lines.cache("cache", "redis", "cache.t3.small", 2))
                .isMissing();
    }

    @Test
    void eksCluster() {
        CLUSTER.isMissing();
    }

    @Test
    void eksNodesThree() {
        NODES.isMissing();
    }

    @Test
    void eksNodesFromTwoToSix() {
        row("EKS nodes, 2 × t3.medium", lines -> add(lines, "ec2.t3.medium", 2)).isMissing();
        row("EKS nodes, 6 × t3.medium", lines -> add(lines, "ec2.t3.medium", 6)).isMissing();
    }

    @Test
    void alb() {
        BALANCER.isMissing();
    }

    @Test
    void theAlarmAtTwoHundredDollars() {
        GuideRow.total(
                        "BahnVision: alarm on the monthly cost",
                        List.of(DATABASE, PROXY, CACHE, CLUSTER, NODES, BALANCER))
                .isBesideBecause("200", "it rings every month: the cluster and three nodes alone are most of it");
    }

    @Test
    void forgets() {
        GuideRow.forgotten(
                        "BahnVision, forgotten: NAT gateway, Managed Prometheus, Managed Grafana, OpenSearch, CloudFront, two images",
                        REGION,
                        Size.POC,
                        "AWS::EC2::NatGateway",
                        "AWS::APS::Workspace",
                        "AWS::Grafana::Workspace",
                        "AWS::OpenSearchService::Domain",
                        "AWS::CloudFront::Distribution",
                        "AWS::ECR::Repository",
                        "AWS::ECR::Repository")
                .isMissing();
    }

    private static GuideRow row(String name, Consumer<CostLines> things) {
        return GuideRow.of(name, REGION, things);
    }

    private static void add(CostLines lines, String price, int amount) {
        lines.add("", price, price, BigDecimal.valueOf(amount));
    }
}
