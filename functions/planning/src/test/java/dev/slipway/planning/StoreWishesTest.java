package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.plan.Plan;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreWishesTest {
    private static final String COMPOSE = """
            services:
              db: {image: "postgres:15"}
              redis: {image: "redis:7.0", command: redis-server --maxmemory-policy allkeys-lru}
              files: {image: "minio/minio:1"}
              worker: {image: "shop/worker:1", environment: {BULLMQ_PREFIX: jobs}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db: {target: aurora, backup: {region: eu-west-1}} | BLOCKER | write 'target: rds'",
                "redis: {backup: {region: eu-west-1}} | BLOCKER | leave 'backup.region' out",
                "db: {target: aurora, replicas: 15} | BLOCKER | at most 15 readers, not 16",
                "redis: {replicas: 5} | BLOCKER | at most 5 replicas of a shard, not 6",
                "redis: {proxy: true} | WARNING | 'proxy' has no effect",
                "files: {shards: 2} | WARNING | 'shards' has no effect",
                "files: {replicas: 2} | WARNING | 'replicas' has no effect",
                "db: {proxy: true} | WARNING | RDS Proxy passes no 'options'",
                "db: {rotation: true} | WARNING | the app's login is no master",
                "redis: {shards: 2} | WARNING | BullMQ (worker) uses several keys at once",
                "redis: {role: record} | WARNING | drops keys when it is full (allkeys-lru)"
            })
    void tellWhatAwsDoesNotDo(String store, String severity, String message) {
        assertThat(findings(store)).anySatisfy(finding -> {
            assertThat(finding.severity()).hasToString(severity);
            assertThat(finding.message()).contains(message);
        });
    }

    @Test
    void saysNothingOfACacheThatDropsWhatItMay() {
        assertThat(findings("redis: {role: cache}"))
                .noneMatch(finding -> finding.message().contains("when it is full"));
    }

    @Test
    void saysWhereNoMachineTurnsTheLogins() {
        String hint = "take the turns of these logins by hand";
        assertThat(findings("db: {rotation: 7d}"))
                .noneMatch(finding -> finding.message().contains(hint));
        Plan elsewhere = Planned.plan(COMPOSE, "target: {compute: none}\nstores: {db: {rotation: 7d}}");
        assertThat(elsewhere.warnings()).anyMatch(finding -> finding.message().contains(hint));
    }

    private static Stream<Finding> findings(String store) {
        Plan plan = Planned.plan(COMPOSE, "target: {size: small}\nstores: {" + store + "}");
        return Stream.concat(plan.blockers().stream(), plan.warnings().stream());
    }
}
