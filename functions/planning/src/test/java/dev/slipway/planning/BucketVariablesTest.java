package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.TargetEndpoint;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketVariablesTest {
    private static final Map<String, String> VALUES =
            new TargetEndpoint.Bucket("minio", "shop-media-1", "eu-west-1").values();

    private static final String COMPOSE = """
            services:
              minio:
                image: minio/minio:RELEASE.2025-01-01
                container_name: shop_minio
                command: server /data --console-address ":9001"
                ports: ["9500:9000", "9501:9001"]
                environment: {MINIO_ROOT_USER: root, MINIO_ROOT_PASSWORD: "${MINIO_ROOT_PASSWORD}"}
              web:
                image: shop/web:1
                ports: ["80:3000"]
                environment: {%s}
            """;

    private static final String SPEC = Planned.TRAFFIC
            + "source: {address: 203.0.113.7}\n"
            + "stores: {minio: {url: \"s3://media/live?endpoint=https://files.shop.example\"}}\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWS_ENDPOINT_URL_S3|http://minio:9000|https://s3.eu-west-1.amazonaws.com",
                "S3_ENDPOINT|http://shop_minio:9000/|https://s3.eu-west-1.amazonaws.com/",
                "MINIO_ENDPOINT|minio:9000|s3.eu-west-1.amazonaws.com",
                "MINIO_ENDPOINT|minio|s3.eu-west-1.amazonaws.com",
                "MINIO_PUBLIC_URL|http://localhost:9500|https://s3.eu-west-1.amazonaws.com",
                "S3_PUBLIC_ENDPOINT|http://203.0.113.7:9500/media/live|https://s3.eu-west-1.amazonaws.com/shop-media-1",
                "CDN_HOST|https://files.shop.example/media/live/img|https://s3.eu-west-1.amazonaws.com/shop-media-1/img",
                "CDN_HOST|files.shop.example|s3.eu-west-1.amazonaws.com",
                "CSP|img-src http://localhost:9500 'self'|img-src https://s3.eu-west-1.amazonaws.com 'self'",
                "S3_BUCKET|media|shop-media-1",
            })
    void leadsToTheTargetsBucketInThePlaceOfTheOldServer(String name, String from, String onTheTarget) {
        assertThat(to(plan(name + ": \"" + from + "\""), name)).contains(onTheTarget);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STORAGE_DRIVER|minio",
                "CDN_HOST|https://cdn.example.com",
                "PUBLIC_URL|http://localhost:80",
                "PUBLIC_URL|http://minio.example.com:9000",
                "S3_BUCKET|other",
                "FOLDER|media",
                "CONSOLE|http://minio:9001",
                "CONSOLE|http://localhost:9501",
                "PORT|3000",
                "DB_SSL|false",
            })
    void leavesWhatMeansSomethingElse(String name, String value) {
        assertThat(to(plan(name + ": \"" + value + "\""), name)).contains(value);
    }

    @Test
    void setsThePortAndTlsOfAHostThatItRewrites() {
        Plan plan = plan(
                "MINIO_HOST: minio, MINIO_PORT: 9000, MINIO_USE_SSL: \"false\", S3_ENDPOINT: 'minio:9000', S3_SECURE: '0'");
        assertThat(to(plan, "MINIO_HOST")).contains("s3.eu-west-1.amazonaws.com");
        assertThat(to(plan, "MINIO_PORT")).contains("443");
        assertThat(to(plan, "MINIO_USE_SSL")).contains("true");
        assertThat(to(plan, "S3_SECURE")).contains("1");
    }

    @Test
    void leavesTheLoginToTheTasksRole() {
        Plan plan = plan("AWS_ENDPOINT_URL: 'http://minio:9000', AWS_ACCESS_KEY_ID: root,"
                + " AWS_SECRET_ACCESS_KEY: \"${MINIO_ROOT_PASSWORD}\", MINIO_SECRET_KEY: \"${MINIO_ROOT_PASSWORD}\"");
        assertThat(to(plan, "AWS_ENDPOINT_URL")).isEmpty();
        assertThat(to(plan, "AWS_ACCESS_KEY_ID")).isEmpty();
        assertThat(to(plan, "AWS_SECRET_ACCESS_KEY")).isEmpty();
        assertThat(plan.warnings())
                .extracting(Finding::message)
                .filteredOn(message -> message.contains("a login of the old S3 server"))
                .singleElement()
                .asString()
                .startsWith("MINIO_SECRET_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_ACCESS_KEY_ID: root", "MINIO_SECRET_KEY: \"${MINIO_ROOT_PASSWORD}\""})
    void keepsTheLoginOfAServiceThatIsNoClientOfIt(String login) {
        Plan plan = plan(login);
        assertThat(Planned.variable(plan, login.replaceFirst(":.*", "")).to()).isPresent();
        assertThat(plan.warnings())
                .extracting(Finding::message)
                .noneMatch(message -> message.contains("old S3 server"));
    }

    @Test
    void leavesAStoreThatStaysWhereItIs() {
        Plan plan = Planned.plan(
                COMPOSE.formatted("S3_ENDPOINT: 'http://minio:9000'"),
                Planned.TRAFFIC + "stores: {minio: {role: leave}}");
        assertThat(to(plan, "S3_ENDPOINT")).contains("http://minio:9000");
    }

    private static Plan plan(String environment) {
        return Planned.plan(COMPOSE.formatted(environment), SPEC);
    }

    private static Optional<String> to(Plan plan, String name) {
        return Planned.variable(plan, name)
                .to()
                .map(SecretTemplate::text)
                .map(text -> new SecretTemplate(text).resolve(VALUES));
    }
}
