package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The phases of the guide to ProStudio: us-east-1. A task has what API_WORKERS=4 and MAX_MEMORY_MB=3072 ask for. */
class ProstudioCostTest {
    private static final GuideRow NODES = row(
            "Phase 3: ElastiCache, 3 nodes cache.r7g.large",
            lines -> lines.cache("cache", "redis", "cache.r7g.large", 3));
    private static final GuideRow THREE_TASKS =
            row("Phase 3: ECS Fargate, 3 tasks (terraform.tfvars)", lines -> lines.tasks("api", 3, 1024, 4096));
    private static final GuideRow TWENTY_TASKS =
            row("Phase 3: ECS Fargate, 20 tasks (the picture)", lines -> lines.tasks("api", 20, 1024, 4096));
    private static final GuideRow BALANCER = row("Step 2: Application Load Balancer", lines -> {
        add(lines, "alb.hour", 1);
        add(lines, "alb.lcu-hour", 1);
    });

    @Test
    void stepOneElastiCacheT3Micro() {
        row("Step 1: ElastiCache cache.t3.micro", lines -> lines.cache("cache", "redis", "cache.t3.micro", 1))
                .isAbout("13");
    }

    @Test
    void stepTwoLoadBalancer() {
        BALANCER.isAbout("25");
    }

    @Test
    void stepThreeSecondInstance() {
        row("Step 3: a second t2.micro", lines -> add(lines, "ec2.t2.micro", 1))
                .isBesideBecause(
                        "0",
                        "the free tier is an account's first year and 750 hours of all its instances; two need 1,460");
    }

    @Test
    void phaseThreeWithTheTasksOfTheVariables() {
        GuideRow.total("Phase 3: Total with 3 tasks", List.of(NODES, THREE_TASKS, BALANCER))
                .isAbout("625");
    }

    @Test
    void phaseThreeWithTheTasksOfThePicture() {
        GuideRow.total("Phase 3: Total with 20 tasks", List.of(NODES, TWENTY_TASKS, BALANCER))
                .isBesideBecause("625", "the guide's figure is that of 3 tasks; its \"+\" stands for the other 17");
    }

    @Test
    void phaseThreeNodes() {
        NODES.isMissing();
    }

    @Test
    void phaseThreeTasks() {
        THREE_TASKS.isMissing();
        TWENTY_TASKS.isMissing();
    }

    @Test
    void gradualScalingOfInstances() {
        GuideRow small = row("t3.small", lines -> add(lines, "ec2.t3.small", 1));
        GuideRow medium = row("t3.medium", lines -> add(lines, "ec2.t3.medium", 1));
        GuideRow large = row("t3.large", lines -> add(lines, "ec2.t3.large", 1));
        assertThat(List.of(small.usd(), medium.usd(), large.usd())).isSorted();
    }

    @Test
    void elastiCacheReservedNodesSave35Percent() {
        assertThat(SavingsTest.saving("reserved cache nodes").percent()).isBetween(35 * 3 / 4, 35 * 5 / 4);
    }

    @Test
    void fargateSavingsPlansSave20Percent() {
        assertThat(SavingsTest.saving("Compute Savings Plan, Fargate").percent())
                .isBetween(20 * 3 / 4, 20 * 5 / 4);
    }

    @Test
    void forgets() {
        row("ProStudio, forgotten: two NAT gateways and four public addresses", lines -> {
                    add(lines, "nat.hour", 2);
                    add(lines, "ipv4.hour", 4);
                })
                .isMissing();
    }

    private static GuideRow row(String name, Consumer<CostLines> things) {
        return GuideRow.of(name, PriceFile.HOME, things);
    }

    private static void add(CostLines lines, String price, int amount) {
        lines.add("", price, price, BigDecimal.valueOf(amount));
    }
}
