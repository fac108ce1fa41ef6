package dev.slipway.planning;

import static dev.slipway.planning.Guides.instead;
import static dev.slipway.planning.Guides.resources;
import static dev.slipway.planning.Guides.service;
import static dev.slipway.planning.Guides.value;
import static dev.slipway.planning.Guides.variable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of MigrateAI's guide, each in the plan of events/apps/migrateai. */
class MigrateaiGuideIT {
    static final Map<String, String> SECRETS = Map.of(
            "POSTGRES_PASSWORD", "p@ss/w0rd%1",
            "REDIS_PASSWORD", "r3dis-Secret",
            "SECRET_KEY", "s3cret-Key-of-migrateai",
            "OPENAI_API_KEY", "sk-Example0123456789abcdef");

    private static final AppBundle BUNDLE = Guides.read("migrateai", SECRETS);
    private static final Plan PLAN = Guides.plan(BUNDLE);

    // Development vs Production Parity

    @Test
    void backendContainerBecomesAFargateTask() {
        PlannedService backend = service(PLAN, "backend");
        assertThat(backend.port()).contains(8000);
        assertThat(backend.paths()).containsExactly("/*");
        assertThat(instead(PLAN, "service backend")).contains("Fargate", "Application Load Balancer");
    }

    @Test
    void postgresContainerBecomesRds() {
        PlannedStore postgres = PLAN.store("postgres").orElseThrow();
        assertThat(postgres.target()).isEqualTo("Amazon RDS for PostgreSQL");
        assertThat(postgres.targetVersion()).isEqualTo("15");
        assertThat(instead(PLAN, "PostgreSQL (postgres)")).contains("Amazon RDS for PostgreSQL");
    }

    @Test
    void redisContainerBecomesElastiCache() {
        assertThat(PLAN.store("redis").orElseThrow().target()).startsWith("Amazon ElastiCache");
        assertThat(instead(PLAN, "Redis (redis)")).contains("Amazon ElastiCache");
    }

    @Test
    void dockerNetworkBecomesAVpcWithSecurityGroups() {
        assertThat(resources(PLAN, "AWS::EC2::VPC")).containsExactly("migrateai");
        assertThat(instead(PLAN, "networks (Docker network)")).contains("Amazon VPC", "security groups");
    }

    @Test
    void envFilesBecomeSecretsManager() {
        assertThat(instead(PLAN, "secrets (.env and variables)")).contains("AWS Secrets Manager");
    }

    // Production Stack

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Docker Compose → Amazon ECS on AWS Fargate",
                "images and Dockerfiles → Amazon ECR",
                "published ports → Application Load Balancer",
                "metrics and alarms → Amazon CloudWatch",
                "logs → Amazon CloudWatch Logs"
            })
    void partOfTheProductionStackIsPlanned(String row) {
        String[] sides = row.split(" → ", 2);
        assertThat(instead(PLAN, sides[0])).startsWith(sides[1]);
    }

    // What its production compose file is praised for

    @Test
    void resourceLimitsBecomeASizeThatFargateOffers() {
        assertThat(service(PLAN, "backend").cpu()).isEqualTo(1024);
        assertThat(service(PLAN, "backend").memoryMib()).isEqualTo(2048);
    }

    @Test
    void healthCheckIsAskedByTheLoadBalancer() {
        assertThat(service(PLAN, "backend").healthPath()).isEqualTo("/health");
    }

    @Test
    void alembicsMigrationIsAJob() {
        AppService migrate = BUNDLE.app().service("migrate").orElseThrow();
        assertThat(migrate.kind()).isEqualTo(ServiceKind.JOB);
        assertThat(migrate.command()).extracting(SecretTemplate::text).containsExactly("alembic", "upgrade", "head");
        assertThat(PLAN.services()).extracting(PlannedService::name).containsExactly("backend");
    }

    // Update connection strings

    @Test
    void databaseUrlIsBuiltInSecretsManager() {
        assertThat(value(PLAN, "backend", "DATABASE_URL"))
                .startsWith("postgresql+asyncpg://${target:postgres:login}${target:postgres:host}");
        assertThat(variable(PLAN, "backend", "DATABASE_URL").secret()).isPresent();
    }

    @Test
    void redisUrlIsBuiltInSecretsManager() {
        assertThat(value(PLAN, "backend", "REDIS_URL"))
                .isEqualTo("${target:redis:scheme}://${target:redis:login}${target:redis:host}:${target:redis:port}/0");
        assertThat(variable(PLAN, "backend", "REDIS_URL").secret()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SECRET_KEY", "OPENAI_API_KEY"})
    void secretGoesToSecretsManagerUnchanged(String name) {
        assertThat(variable(PLAN, "backend", name).secret()).isPresent();
        assertThat(value(PLAN, "backend", name)).isEqualTo("${" + name + "}");
    }
}
