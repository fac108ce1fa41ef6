package dev.slipway.planning;

import static dev.slipway.planning.Guides.instead;
import static dev.slipway.planning.Guides.resources;
import static dev.slipway.planning.Guides.service;
import static dev.slipway.planning.Guides.value;
import static dev.slipway.planning.Guides.variable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of SmartBoard's guide, each in the plan of events/apps/smartboard. */
class SmartboardGuideIT {
    static final Map<String, String> SECRETS = Map.of(
            "POSTGRES_PASSWORD", "p@ss/w0rd%1",
            "REDIS_PASSWORD", "r3dis-Secret",
            "MINIO_ROOT_PASSWORD", "min1o-Secret",
            "JWT_SECRET", "jwt-S3cret-of-smartboard-with-32-characters",
            "SESSION_SECRET", "sess1on-S3cret-of-smartboard-with-32-chars",
            "MICROSOFT_CLIENT_SECRET", "micr0soft~Secret.value");

    private static final AppBundle BUNDLE = Guides.read("smartboard", SECRETS);
    private static final Plan PLAN = Guides.plan(BUNDLE);

    // Service → AWS Mapping

    @Test
    void nextJsWebIsPublicOnFargateBehindTheLoadBalancer() {
        assertThat(service(PLAN, "web").port()).contains(3000);
        assertThat(service(PLAN, "web").paths()).containsExactly("/*");
        assertThat(instead(PLAN, "service web")).contains("Fargate", "Application Load Balancer", "HTTPS");
    }

    @Test
    void nestJsGatewayIsPublicOnFargateBehindTheSameLoadBalancerByAnotherPath() {
        assertThat(service(PLAN, "gateway").port()).contains(4000);
        assertThat(service(PLAN, "gateway").paths()).containsExactly("/api/*");
        assertThat(PLAN.routes()).containsExactly(new Plan.Route("/api/*", "gateway"), new Plan.Route("/*", "web"));
        assertThat(resources(PLAN, "AWS::ElasticLoadBalancingV2::LoadBalancer")).hasSize(1);
    }

    @ParameterizedTest(name = "{0} is private on Fargate and found by Cloud Map")
    @CsvSource({
        "svc-auth, 4010",
        "svc-tenants, 4020",
        "svc-datasets, 4030",
        "svc-analytics, 4040",
        "svc-dashboards, 4050",
        "svc-realtime, 4060"
    })
    void innerServiceIsPrivateOnFargateAndFoundByCloudMap(String name, int port) {
        assertThat(service(PLAN, name).port()).contains(port);
        assertThat(service(PLAN, name).paths()).isEmpty();
        assertThat(instead(PLAN, "service " + name)).contains("Fargate, private", "AWS Cloud Map");
        assertThat(resources(PLAN, "AWS::ServiceDiscovery::PrivateDnsNamespace"))
                .containsExactly("smartboard.internal");
    }

    @Test
    void svcRealtimeIsReachedThroughTheGatewayOnly() {
        assertThat(value(PLAN, "gateway", "REALTIME_BASE_URL"))
                .isEqualTo("http://svc-realtime.smartboard.internal:4060");
        assertThat(PLAN.routes()).extracting(Plan.Route::service).doesNotContain("svc-realtime");
    }

    @Test
    void workerIsPrivateOnFargateWithoutInboundTraffic() {
        assertThat(service(PLAN, "worker").port()).isEmpty();
        assertThat(service(PLAN, "worker").paths()).isEmpty();
        assertThat(instead(PLAN, "worker worker")).contains("Fargate, private", "no inbound traffic");
    }

    @Test
    void postgresBecomesOneAuroraClusterWithASchemaForEachService() {
        PlannedStore postgres = PLAN.store("postgres").orElseThrow();
        assertThat(postgres.target()).isEqualTo("Amazon Aurora PostgreSQL");
        assertThat(postgres.targetVersion()).isEqualTo("15");
        assertThat(postgres.instance()).isEqualTo("db.t4g.medium");
        assertThat(postgres.database()).isEqualTo("smartboard");
        assertThat(instead(PLAN, "PostgreSQL (postgres)")).contains("schemas stay as they are");
    }

    @Test
    void redisBecomesElastiCacheWithClusterModeOffForBullMq() {
        PlannedStore redis = PLAN.store("redis").orElseThrow();
        assertThat(redis.target()).isEqualTo("Amazon ElastiCache for Redis OSS");
        assertThat(redis.targetVersion()).startsWith("7");
        assertThat(instead(PLAN, "Redis (redis)")).contains("cluster mode off", "BullMQ");
    }

    @Test
    void minioBecomesS3ForDatasets() {
        PlannedStore minio = PLAN.store("minio").orElseThrow();
        assertThat(minio.target()).isEqualTo("Amazon S3");
        assertThat(minio.sourceUrl().orElseThrow().text())
                .isEqualTo("s3://smartboard:${MINIO_ROOT_PASSWORD}@smartboard-datasets?endpoint=http://127.0.0.1:9000");
        assertThat(minio.bucket().properties())
                .containsOnlyKeys("CorsConfiguration", "LifecycleConfiguration", "VersioningConfiguration");
    }

    @Test
    void theMakerOfBucketsIsAJobWhichTheTargetDoesNotNeed() {
        assertThat(BUNDLE.app().service("minio-buckets").orElseThrow().kind()).isEqualTo(ServiceKind.JOB);
        assertThat(PLAN.services()).extracting(PlannedService::name).doesNotContain("minio-buckets");
        assertThat(PLAN.jobs()).extracting(PlannedJob::name).doesNotContain("minio-buckets");
        assertThat(PLAN.mapping())
                .filteredOn(row -> row.from().contains("minio-buckets"))
                .singleElement()
                .satisfies(row -> assertThat(row.to()).isEqualTo("Amazon S3"));
    }

    // Environment Variable Mapping

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({
        "svc-auth, DATABASE_URL_AUTH, auth",
        "svc-tenants, DATABASE_URL_TENANTS, tenants",
        "svc-datasets, DATABASE_URL_DATASETS, datasets",
        "svc-analytics, DATABASE_URL_ANALYTICS, analytics",
        "svc-dashboards, DATABASE_URL_DASHBOARDS, dashboards",
        "worker, DATABASE_URL_DATASETS, datasets",
        "worker, DATABASE_URL_ANALYTICS, analytics"
    })
    void databaseUrlIsBuiltInSecretsManagerFromHostAndCredentials(String service, String name, String schema) {
        assertThat(value(PLAN, service, name))
                .isEqualTo(
                        "postgresql://${target:postgres:login}${target:postgres:host}:${target:postgres:port}/smartboard?schema="
                                + schema + "${target:postgres:more}");
        assertThat(variable(PLAN, service, name).secret()).isPresent();
    }

    @Test
    void redisUrlIsInSecretsManagerWithEndpointAndToken() {
        for (String service : List.of("web", "gateway", "svc-auth", "svc-realtime", "worker")) {
            assertThat(value(PLAN, service, "REDIS_URL"))
                    .isEqualTo(
                            "${target:redis:scheme}://${target:redis:login}${target:redis:host}:${target:redis:port}");
            assertThat(variable(PLAN, service, "REDIS_URL").secret()).isPresent();
        }
    }

    @Test
    void minioVariablesNameTheBucketAndTheRoleSigns() {
        for (String service : List.of("svc-datasets", "worker")) {
            assertThat(value(PLAN, service, "MINIO_BUCKET_DATASETS")).isEqualTo("${target:minio:bucket}");
            assertThat(value(PLAN, service, "MINIO_ENDPOINT")).isEqualTo("${target:minio:host}");
            assertThat(value(PLAN, service, "MINIO_USE_SSL")).isEqualTo("true");
            assertThat(PLAN.warnings())
                    .filteredOn(finding -> finding.subject().equals("service " + service))
                    .extracting(Finding::message)
                    .anyMatch(message -> message.startsWith("MINIO_SECRET_KEY") && message.contains("its task's role"));
        }
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({
        "gateway, JWT_SECRET",
        "svc-auth, JWT_SECRET",
        "web, SESSION_SECRET",
        "gateway, SESSION_SECRET",
        "svc-auth, SESSION_SECRET",
        "svc-auth, MICROSOFT_CLIENT_ID",
        "svc-auth, MICROSOFT_CLIENT_SECRET"
    })
    void secretGoesToSecretsManagerUnchanged(String service, String name) {
        assertThat(variable(PLAN, service, name).secret()).isPresent();
        assertThat(value(PLAN, service, name)).isEqualTo("${" + name + "}");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"NODE_ENV, production", "LOG_LEVEL, info"})
    void settingIsAPlainValueOfEveryService(String name, String expected) {
        assertThat(PLAN.services())
                .allSatisfy(
                        service -> assertThat(value(PLAN, service.name(), name)).isEqualTo(expected))
                .allSatisfy(service -> assertThat(
                                variable(PLAN, service.name(), name).secret())
                        .isEmpty());
    }

    @Test
    void devBypassAuthIsNotSet() {
        assertThat(PLAN.environment()).noneMatch(variable -> variable.name().equals("DEV_BYPASS_AUTH"));
    }

    @Test
    void devBypassAuthIsRefusedWhereItIsOn(@TempDir Path folder) throws IOException {
        Path app = Path.of(System.getProperty("slipway.root", "../.."), "events", "apps", "smartboard");
        Files.copy(app.resolve("slipway.yaml"), folder.resolve("slipway.yaml"));
        Files.copy(app.resolve("docker-compose.yml"), folder.resolve("docker-compose.yml"));
        Files.writeString(
                folder.resolve("docker-compose.override.yml"),
                "services: {gateway: {environment: {DEV_BYPASS_AUTH: \"true\"}}}\n");
        Plan plan = Guides.plan(AppFiles.readDirectory(folder, new TreeMap<>(SECRETS)));
        assertThat(plan.blockers())
                .extracting(finding -> finding.subject() + " " + finding.message())
                .singleElement()
                .asString()
                .startsWith("service gateway DEV_BYPASS_AUTH is a switch for development");
    }

    // Addresses of services, from the guide's chapter on Cloud Map

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "AUTH_BASE_URL, http://svc-auth.smartboard.internal:4010",
        "TENANTS_BASE_URL, http://svc-tenants.smartboard.internal:4020",
        "DATASETS_BASE_URL, http://svc-datasets.smartboard.internal:4030",
        "ANALYTICS_BASE_URL, http://svc-analytics.smartboard.internal:4040",
        "DASHBOARDS_BASE_URL, http://svc-dashboards.smartboard.internal:4050",
        "REALTIME_BASE_URL, http://svc-realtime.smartboard.internal:4060"
    })
    void gatewayFindsServicesByCloudMap(String name, String expected) {
        assertThat(value(PLAN, "gateway", name)).isEqualTo(expected);
    }

    // Sizes, health checks and delivery, from its chapters on ECS and CI/CD

    @Test
    void tasksBeginWithAQuarterProcessorAndHalfAGigabyte() {
        assertThat(PLAN.services()).hasSize(9).allSatisfy(service -> {
            assertThat(service.cpu()).isEqualTo(256);
            assertThat(service.memoryMib()).isEqualTo(512);
            assertThat(service.count()).isEqualTo(1);
            assertThat(service.healthPath()).isEqualTo("/health/ready");
        });
    }

    @Test
    void liesInIreland() {
        assertThat(PLAN.target().region()).isEqualTo("eu-west-1");
        assertThat(PLAN.target().size()).isEqualTo(Size.POC);
    }

    @Test
    void isDeliveredByGitHubActions() {
        assertThat(instead(PLAN, "building and deployment (CI/CD)")).contains("GitHub Actions", "OpenID Connect");
    }
}
