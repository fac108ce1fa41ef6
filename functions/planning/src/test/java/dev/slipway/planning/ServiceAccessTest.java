package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedAccess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who talks to whom, by the app's own files. */
class ServiceAccessTest {
    private static final String STORES = """
              db:
                image: postgres:16
                environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: "${DB_PASSWORD}", POSTGRES_DB: shop}
                ports: ["5432:5432"]
              cache: {image: "redis:7.0", ports: ["6379:6379"]}
            """;

    private static final List<String> INNER =
            List.of("svc-analytics", "svc-auth", "svc-dashboards", "svc-datasets", "svc-realtime", "svc-tenants");

    private final Plan smartboard = Guides.plan("smartboard", Map.of());

    @Test
    void smartboardsGatewayReachesTheServicesBehindIt() {
        assertThat(access(smartboard, "gateway").services()).containsExactlyElementsOf(INNER);
        assertThat(access(smartboard, "web").services()).containsExactly("gateway");
    }

    @Test
    void smartboardsServicesReachEachOther() {
        assertThat(INNER)
                .allSatisfy(name -> assertThat(access(smartboard, name).services())
                        .containsExactlyElementsOf(INNER.stream()
                                .filter(other -> !other.equals(name))
                                .toList()));
    }

    @Test
    void smartboardsWorkerReachesTheStoresAndNobodyReachesIt() {
        assertThat(access(smartboard, "worker").stores()).containsExactly("minio", "postgres", "redis");
        assertThat(access(smartboard, "worker").services()).isEmpty();
        assertThat(smartboard.services())
                .noneMatch(service -> service.access().services().contains("worker"));
    }

    @Test
    void smartboardsDatabaseIsReachedByTheServicesThatHaveItsUrl() {
        assertThat(smartboard.services())
                .filteredOn(service -> service.access().stores().contains("postgres"))
                .extracting("name")
                .containsExactlyInAnyOrder(
                        "svc-auth", "svc-tenants", "svc-datasets", "svc-analytics", "svc-dashboards", "worker");
        assertThat(smartboard.services())
                .filteredOn(service -> service.access().writes().contains("minio"))
                .extracting("name")
                .containsExactlyInAnyOrder("svc-datasets", "worker");
    }

    @Test
    void aServiceThatWaitsForAnotherTalksToIt() {
        Plan plan = plan("""
              web: {image: "shop/web:1", ports: ["80:3000"], depends_on: [api]}
              api: {image: "shop/api:1", expose: ["8080"], depends_on: [db]}
            """);
        assertThat(access(plan, "web").services()).containsExactly("api");
        assertThat(access(plan, "web").stores()).containsExactly("cache");
        assertThat(access(plan, "api").stores()).containsExactly("cache", "db");
        assertThat(access(plan, "api").services()).isEmpty();
    }

    @Test
    void aCommandNamesAStoreAsAVariableDoes() {
        Plan plan = plan("""
              web: {image: "shop/web:1", ports: ["80:3000"], command: [serve, "--redis", "redis://cache:6379"]}
              api: {image: "shop/api:1", expose: ["8080"], environment: {DB_HOST: db}}
            """);
        assertThat(access(plan, "web").stores()).containsExactly("cache");
        assertThat(access(plan, "api").stores()).containsExactly("db");
    }

    @Test
    void aStoreThatIsOnlyReadIsNotWritten() {
        Plan plan = plan("""
              api: {image: "shop/api:1", ports: ["80:80"], environment: {DATABASE_URL: "postgres://app@db/shop"}}
              reports: {image: "shop/reports:1", environment: {DATABASE_READ_URL: "postgres://app@db/shop"}}
              stats:
                image: shop/stats:1
                environment: {DATABASE_URL: "postgres://app@db/shop?options=-c%20default_transaction_read_only=on"}
              both: {image: "shop/both:1", environment: {DB_HOST: db, DB_REPLICA_HOST: db}}
            """);
        assertThat(access(plan, "api").writes()).containsExactly("cache", "db");
        assertThat(access(plan, "reports"))
                .isEqualTo(new PlannedAccess(List.of(), List.of("cache", "db"), List.of("cache"), List.of()));
        assertThat(access(plan, "stats").writes()).containsExactly("cache");
        assertThat(access(plan, "both").writes()).containsExactly("cache", "db");
    }

    @Test
    void aFolderThatIsMountedReadOnlyIsNotWritten() {
        Plan plan = Planned.plan("""
                services:
                  api: {image: "shop/api:1", ports: ["80:80"], volumes: ["media:/srv/media"]}
                  site: {image: "shop/site:1", ports: ["81:80"], volumes: ["media:/srv/media:ro"]}
                volumes: {media: }
                """, Planned.TRAFFIC);
        assertThat(access(plan, "api").writes()).containsExactly("media");
        assertThat(access(plan, "site"))
                .isEqualTo(new PlannedAccess(List.of(), List.of("media"), List.of(), List.of()));
    }

    @Test
    void whatNobodyNamesIsOpenToAllAndThePlanSaysSo() {
        Plan plan = plan("""
              web: {image: "shop/web:1", ports: ["80:3000"], environment: {DB_HOST: db}}
              api: {image: "shop/api:1", expose: ["8080"], environment: {DB_HOST: db}}
              queue: {image: "shop/queue:1"}
            """);
        assertThat(access(plan, "queue"))
                .isEqualTo(new PlannedAccess(List.of("api"), List.of("cache"), List.of("cache"), List.of()));
        assertThat(plan.warnings())
                .filteredOn(warning -> warning.message().contains("no variable says which services use it"))
                .extracting(Finding::subject)
                .containsExactly("service api", "store cache");
    }

    @Test
    void noGuideHasAStoreOrAServiceThatNobodyNames() {
        assertThat(List.of("bahnvision", "crp-preschool", "migrateai", "prostudio", "smartboard"))
                .allSatisfy(app -> assertThat(Guides.plan(app, Map.of()).warnings())
                        .noneMatch(warning -> warning.message().contains("no variable says which services use it")));
    }

    private static Plan plan(String services) {
        return Planned.plan("services:\n" + STORES + services, Planned.TRAFFIC);
    }

    private static PlannedAccess access(Plan plan, String service) {
        return Guides.service(plan, service).access();
    }
}
