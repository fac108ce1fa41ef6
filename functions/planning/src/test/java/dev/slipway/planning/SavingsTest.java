package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.PlannedService;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SavingsTest {
    @Test
    void saysWhatPayingInAdvanceTakesOff() {
        Cost.Saving databases = saving("reserved database instances");
        assertThat(databases.items()).containsExactly("db", "cluster");
        assertThat(databases.monthlyUsd()).isEqualByComparingTo("76.85");
        assertThat(databases.condition()).contains("one year");
        assertThat(databases.source()).isNotBlank();
        assertThat(databases.asOf()).matches("\\d{4}-\\d\\d-\\d\\d");
    }

    @Test
    void takesNothingOffStorage() {
        assertThat(savings()).allSatisfy(saving -> assertThat(saving.items()).doesNotContain("storage"));
    }

    @Test
    void offersSpotToWhatNobodyCallsFromOutside() {
        assertThat(saving("Fargate Spot").items()).containsExactly("worker: Fargate");
        assertThat(saving("Compute Savings Plan, Fargate").items()).containsExactly("web: Fargate", "worker: Fargate");
    }

    @Test
    void saysNothingWhereNothingIsSaved() {
        assertThat(new Savings().of(List.of(), List.of())).isEmpty();
    }

    static Cost.Saving saving(String name) {
        return savings().stream()
                .filter(saving -> saving.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Of one of each. */
    static List<Cost.Saving> savings() {
        CostLines lines = new CostLines(PriceBook.ofFile(PriceFile.HOME));
        lines.database("db", "db.t3.large", 2);
        lines.databaseStorage("storage", "gp3", 100, 2);
        lines.aurora("cluster", "db.t4g.medium", 1);
        lines.cache("cache", "redis", "cache.t3.small", 2);
        lines.tasks("web: Fargate", 2, 256, 512);
        lines.tasks("worker: Fargate", 1, 256, 512);
        lines.add("Amazon EC2", "nodes", "ec2.t3.medium", BigDecimal.TWO);
        List<PlannedService> services = List.of(service("web", List.of("/*")), service("worker", List.of()));
        return new Savings().of(lines.lines(), services);
    }

    private static PlannedService service(String name, List<String> paths) {
        return ExamplePlan.service(name, name, Optional.empty(), paths, 1, Optional.empty());
    }
}
