package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.plan.Plan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketSettingsTest {
    private static final String COMPOSE = """
            services:
              minio: {image: "minio/minio:latest", ports: ["9000:9000"]}
              cache: {image: "redis:7.0", ports: ["6379:6379"]}
              web: {image: "shop/web:1", volumes: ["uploads:/srv"]}
            volumes: {uploads: }
            """;

    @Test
    void areInThePlanAsSlipwayYamlSaysThem() {
        Plan plan = Planned.plan(COMPOSE, "stores: {minio: {bucket: {VersioningConfiguration: {Status: Suspended}}}}");
        assertThat(plan.stores())
                .filteredOn(store -> store.name().equals("minio"))
                .extracting(store -> store.bucket().properties())
                .containsExactly(Map.of("VersioningConfiguration", Map.of("Status", "Suspended")));
        assertThat(ofBuckets(plan)).isEmpty();
    }

    @Test
    void areAskedForWhereTheFilesDoNotSayThem() {
        assertThat(ofBuckets(Planned.plan(COMPOSE, ""))).singleElement().satisfies(warning -> {
            assertThat(warning.subject()).isEqualTo("store minio");
            assertThat(warning.message()).contains("inspect URL --json").contains("stores.minio of slipway.yaml");
        });
        assertThat(ofBuckets(Planned.plan(COMPOSE, "stores: {minio: {role: leave}}")))
                .isEmpty();
    }

    @Test
    void meanNothingForAStoreThatBecomesNoBucket() {
        Plan plan = Planned.plan(
                COMPOSE,
                "stores: {minio: {role: leave}, cache: {bucket: {VersioningConfiguration: {Status: Enabled}}}}");
        assertThat(ofBuckets(plan))
                .extracting(Finding::subject, Finding::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "store cache", "'bucket' has no effect: it becomes no bucket"));
    }

    private static List<Finding> ofBuckets(Plan plan) {
        return plan.warnings().stream()
                .filter(warning -> warning.message().contains("'bucket'"))
                .toList();
    }
}
