package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.plan.TargetEndpoint;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentPlannerTest {
    private static final Map<String, String> VALUES = values();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres://app:${DB_PASSWORD}@db:5432/shop|postgres://master:p%40ss@rds.aws:5432/shop?sslmode=require",
                "postgresql+asyncpg://app:${DB_PASSWORD}@db/shop|postgresql+asyncpg://master:p%40ss@rds.aws:5432/shop?sslmode=require",
                "postgres://app:${DB_PASSWORD}@shop_db:5432/shop?schema=auth|postgres://master:p%40ss@rds.aws:5432/shop?schema=auth&sslmode=require",
                "jdbc:postgresql://db:5432/shop|jdbc:postgresql://rds.aws:5432/shop?sslmode=require",
                "redis://cache:6379/1|rediss://:tok@ec.aws:6379/1",
                "redis://cache|rediss://:tok@ec.aws:6379",
                "http://api:8080/v1|http://api.shop.internal:8080/v1",
                "https://example.com/db|https://example.com/db",
                "http://api:8080,http://web:3000|http://api.shop.internal:8080,http://web.shop.internal:3000",
                "the db is nice|the db is nice"
            })
    void rewritesWhatPointsAtTheOldNetwork(String from, String onTheTarget) {
        PlannedVariable variable = Planned.variable(Planned.withEnvironment("X_URL: \"" + from + "\""), "X_URL");
        assertThat(variable.to().orElseThrow().resolve(VALUES)).isEqualTo(onTheTarget);
    }

    @Test
    void rewritesAPlaceThatIsSpreadOverVariables() {
        Plan plan = Planned.withEnvironment("DB_HOST: db, DB_PORT: 5432, DB_USER: app, DB_PASSWORD: \"${DB_PASSWORD}\","
                + " DB_NAME: shop, PORT: 3000, REDIS_HOST: cache");
        assertThat(to(plan, "DB_HOST")).isEqualTo("rds.aws");
        assertThat(to(plan, "DB_PORT")).isEqualTo("5432");
        assertThat(to(plan, "DB_USER")).isEqualTo("master");
        assertThat(to(plan, "DB_PASSWORD")).isEqualTo("p@ss");
        assertThat(to(plan, "DB_NAME")).isEqualTo("shop");
        assertThat(to(plan, "PORT")).isEqualTo("3000");
        assertThat(to(plan, "REDIS_HOST")).isEqualTo("ec.aws");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X_URL|postgres://app:${DB_PASSWORD}@db:5432/shop?schema=auth|postgres://app:${DB_PASSWORD}@10.0.0.5:5433/shop?schema=auth",
                "X_URL|redis://:${CACHE_PASSWORD}@cache/1|redis://:${CACHE_PASSWORD}@10.0.0.5:6379/1",
                "X_URL|http://api:8080/v1|http://api-forerunner.shop.internal:8080/v1",
                "DB_HOST|db|10.0.0.5",
                "DB_PORT|5432|5433",
                "DB_USER|app|app",
                "DB_PASSWORD|${DB_PASSWORD}|${DB_PASSWORD}",
                "X_PLACE|Host=db;Port=5432;Username=app|Host=10.0.0.5;Port=5433;Username=app",
                "MINIO_ENDPOINT|http://minio:9000|http://10.0.0.5:9100",
                "MINIO_HOST|minio|10.0.0.5",
                "MINIO_PORT|9000|9100",
                "MINIO_SECRET_KEY|${MINIO_SECRET_KEY}|${MINIO_SECRET_KEY}",
                "LOG|info|info"
            })
    void leavesTheStoresOfTheSourceToTheServicesThatComeFirst(String name, String from, String onTheSource) {
        Map<String, String> variables =
                new TreeMap<>(Map.of("DB_HOST", "db", "DB_PORT", "5432", "MINIO_HOST", "minio"));
        variables.put(name, from);
        String environment = variables.entrySet().stream()
                .map(variable -> variable.getKey() + ": \"" + variable.getValue() + "\"")
                .collect(Collectors.joining(", "));
        Plan plan = Planned.plan(
                """
                services:
                  db:
                    image: postgres:16
                    environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: "${DB_PASSWORD}", POSTGRES_DB: shop}
                    ports: ["5433:5432"]
                  cache: {image: "redis:7.0", ports: ["6379:6379"]}
                  minio: {image: "minio/minio:1", ports: ["9100:9000"]}
                  api: {image: shop/api:1, ports: ["8080:8080"]}
                  web:
                    image: shop/web:1
                    ports: ["80:3000"]
                    environment: {%s}
                """.formatted(environment),
                Planned.TRAFFIC + "strategy: compute-first\nsource: {address: 10.0.0.5}\n"
                        + "stores: {minio: {url: 's3://media?endpoint=http://10.0.0.5:9100'}}\n");
        assertThat(plan.blockers()).isEmpty();
        PlannedVariable variable = plan.environmentOf("web-forerunner").stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(variable.to().orElseThrow().text()).isEqualTo(onTheSource);
        assertThat(variable.secret())
                .isEqualTo(from.contains("${") ? Optional.of("web-forerunner." + name) : Optional.empty());
    }

    @Test
    void deliversWhatIsSecretBySecretsManagerAndNothingElse() {
        Plan plan = Planned.withEnvironment(
                "DATABASE_URL: \"postgres://app:${DB_PASSWORD}@db/shop\", JWT_SECRET: \"${JWT_SECRET}\", DB_HOST: db, LOG: info");
        assertThat(Planned.variable(plan, "DATABASE_URL").secret()).contains("web.DATABASE_URL");
        assertThat(Planned.variable(plan, "JWT_SECRET").secret()).contains("web.JWT_SECRET");
        assertThat(Planned.variable(plan, "DB_HOST").secret()).isEmpty();
        assertThat(Planned.variable(plan, "LOG").secret()).isEmpty();
    }

    @Test
    void putsABucketInThePlaceOfAFolder() {
        Plan plan = Planned.withEnvironment(
                "UPLOAD_DIR: /srv/uploads, AWS_SECRET_ACCESS_KEY: \"${AWS_SECRET_ACCESS_KEY}\"");
        assertThat(to(plan, "AWS_S3_BUCKET")).isEqualTo("bucket-1");
        assertThat(to(plan, "AWS_S3_REGION")).isEqualTo("eu-west-1");
        assertThat(Planned.variable(plan, "UPLOAD_DIR").to()).isEmpty();
        assertThat(Planned.variable(plan, "AWS_SECRET_ACCESS_KEY").to()).isEmpty();
        assertThat(plan.environmentOf("api")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://jaeger:4317", "jaeger", "http://u@jaeger/x", "http://localhost:8080", "127.0.0.1:6379"})
    void warnsOfWhatWouldStillPointAtTheOldNetwork(String value) {
        Plan plan = Planned.plan(
                "services: {jaeger: {image: jaegertracing/all-in-one}, web: {image: a, environment: {X: '" + value
                        + "'}}}",
                Planned.TRAFFIC);
        assertThat(plan.warnings())
                .extracting("message")
                .anyMatch(message -> message.toString().startsWith("X still points"));
        assertThat(Planned.withEnvironment("X: 'http://db.example/jaeger', Y: 'http://api:80'")
                        .warnings())
                .extracting("message")
                .noneMatch(message -> message.toString().contains("still points"));
    }

    @Test
    void keepsADollarOfTheText() {
        Plan plan = Planned.withEnvironment("PRICE: \"5$$\"");
        assertThat(Planned.variable(plan, "PRICE").to()).contains(SecretTemplate.literal("5$"));
    }

    private static String to(Plan plan, String name) {
        return Planned.variable(plan, name).to().orElseThrow().resolve(VALUES);
    }

    private static Map<String, String> values() {
        Map<String, String> values = new TreeMap<>(Map.of("DB_PASSWORD", "old", "JWT_SECRET", "jwt"));
        values.putAll(new TargetEndpoint.Server(
                        "db", "postgres", "rds.aws", 5432, "master", "p@ss", "shop", "sslmode=require")
                .values());
        values.putAll(new TargetEndpoint.Server("cache", "rediss", "ec.aws", 6379, "", "tok", "0", "").values());
        values.putAll(new TargetEndpoint.Bucket("uploads", "bucket-1", "eu-west-1").values());
        return values;
    }
}
