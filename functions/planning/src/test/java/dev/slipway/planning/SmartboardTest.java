package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.plan.Plan;
import org.junit.jupiter.api.Test;

/** A second app, after the services of the SmartBoard guide. */
class SmartboardTest {
    private static final String COMPOSE = """
            x-env: &env
              DATABASE_URL: postgresql://smartboard:${POSTGRES_PASSWORD}@postgres:5432/smartboard?schema=auth
              REDIS_URL: redis://redis:6379
            services:
              postgres:
                image: postgres:15-alpine
                ports: ["5432:5432"]
                environment: {POSTGRES_USER: smartboard, POSTGRES_PASSWORD: "${POSTGRES_PASSWORD}", POSTGRES_DB: smartboard}
              redis: {image: "redis:7-alpine", ports: ["6379:6379"]}
              minio: {image: "minio/minio:latest", ports: ["9000:9000"], environment: {MINIO_ROOT_PASSWORD: "${MINIO_ROOT_PASSWORD}"}}
              web: {image: "smartboard/web:1", ports: ["3000:3000"]}
              gateway:
                image: smartboard/gateway:1
                ports: ["4000:4000"]
                environment: {<<: *env, AUTH_BASE_URL: "http://svc-auth:4010", DEV_BYPASS_AUTH: "BYPASS"}
              svc-auth: {image: "smartboard/svc-auth:1", expose: [4010], environment: {<<: *env}}
              svc-datasets: {image: "smartboard/svc-datasets:1", environment: {<<: *env, MINIO_ENDPOINT: "http://minio:9000"}}
              worker: {image: "smartboard/worker:1", environment: {<<: *env}}
            """;

    private static final String SPEC = """
            target: {region: eu-west-1}
            stores: {minio: {url: "s3://datasets?endpoint=http://127.0.0.1:9000"}}
            traffic:
              zone: smartboard.example
              record: app.smartboard.example
              paths: {gateway: /api/*, web: /*}
            """;

    @Test
    void isPlannedWithoutABlocker() {
        Plan plan = plan("false");
        assertThat(plan.blockers()).isEmpty();
        assertThat(plan.stores())
                .extracting("kind")
                .containsExactly(StoreKind.POSTGRES, StoreKind.REDIS, StoreKind.OBJECTS);
        assertThat(plan.routes()).containsExactly(new Plan.Route("/api/*", "gateway"), new Plan.Route("/*", "web"));
    }

    @Test
    void keepsItsInnerServicesPrivateAndFindsThemByName() {
        Plan plan = plan("false");
        assertThat(plan.services())
                .filteredOn(service -> service.paths().isEmpty())
                .extracting("name")
                .containsExactly("svc-auth", "svc-datasets", "worker");
        assertThat(plan.environmentOf("gateway"))
                .filteredOn(variable -> variable.name().equals("AUTH_BASE_URL"))
                .extracting(variable -> variable.to().orElseThrow().text())
                .containsExactly("http://svc-auth.shop.internal:4010");
    }

    @Test
    void keepsTheSchemaThatEachServiceNames() {
        assertThat(plan("false").environmentOf("svc-auth"))
                .filteredOn(variable -> variable.name().equals("DATABASE_URL"))
                .extracting(variable -> variable.to().orElseThrow().text())
                .singleElement()
                .asString()
                .endsWith("/smartboard?schema=auth${target:postgres:more}");
    }

    @Test
    void refusesItsDevelopmentSwitch() {
        assertThat(plan("true").blockers()).extracting(Finding::subject).containsExactly("service gateway");
    }

    @Test
    void seeksItsBucketAtTheNewPlace() {
        assertThat(plan("false").environmentOf("svc-datasets"))
                .filteredOn(variable -> variable.name().equals("MINIO_ENDPOINT"))
                .extracting(variable -> variable.from() + " " + variable.to())
                .containsExactly("Optional[http://minio:9000] Optional[https://${target:minio:host}]");
        assertThat(plan("false").warnings())
                .extracting(Finding::message)
                .noneMatch(message -> message.contains("still points at the old network"));
    }

    private static Plan plan(String bypass) {
        return Planned.plan(COMPOSE.replace("BYPASS\"", bypass + "\""), SPEC);
    }
}
