package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Services that run twice, where the traffic comes before the writes do. */
final class ForerunnersTest {
    private static final String APP = """
            services:
              db: {image: 'postgres:16', ports: ['5432:5432'], environment: {POSTGRES_PASSWORD: '${PW}'}}
              minio: {image: 'minio/minio:1', ports: ['9000:9000']}
              web:
                image: shop/web:1
                ports: ['80:3000']
                environment:
                  DATABASE_URL: postgres://postgres:${PW}@db:5432/postgres
                  API_URL: http://api:8080
                  MINIO_ENDPOINT: http://minio:9000
                  BUCKET: media
              api: {image: shop/api:1, expose: [8080]}
              mailer: {image: shop/mailer:1}
            """;

    private final TargetSpec spec = Targets.of(APP, """
            strategy: compute-first
            source: {address: 10.0.0.5}
            stores: {minio: {url: 's3://media?endpoint=http://10.0.0.5:9000'}}
            traffic: {zone: shop.example, record: www.shop.example, paths: {web: /*}}
            """);
    private final JsonNode whole = template(spec);

    @Test
    void runBesideWhatIsAskedForSomething() {
        assertThat(names(whole.path("Resources")))
                .contains("WebService", "WebForerunnerService", "ApiForerunnerService", "MailerService")
                .doesNotContain("MailerForerunnerService", "WebForerunnerRepository", "WebForerunnerSecurityGroup");
        assertThat(names(whole.path("Outputs"))).contains("WebForerunnerService", "WebForerunnerTargetGroupArn");
    }

    @Test
    void haveTheSameImageAndNoRightToTheTargetsBucket() {
        JsonNode container = container(whole, "WebForerunner");
        assertThat(container.path("Image")).isEqualTo(container(whole, "Web").path("Image"));
        assertThat(names(whole.path("Resources"))).contains("WebTaskRole").doesNotContain("WebForerunnerTaskRole");
    }

    @Test
    void findTheSourceAndEachOther() {
        JsonNode container = container(whole, "WebForerunner");
        assertThat(variable(container, "API_URL")).isEqualTo("http://api-forerunner.shop.internal:8080");
        assertThat(variable(container, "MINIO_ENDPOINT")).isEqualTo("http://10.0.0.5:9000");
        assertThat(container.path("Secrets").findValuesAsText("Name")).contains("DATABASE_URL");
        assertThat(spec.plan().environmentOf("web-forerunner"))
                .filteredOn(variable -> variable.name().equals("DATABASE_URL"))
                .extracting(variable -> variable.to().orElseThrow().text())
                .containsExactly("postgres://postgres:${PW}@10.0.0.5:5432/postgres");
    }

    @Test
    void haveAllRequestsUntilARuleIsChanged() {
        JsonNode action = property(whole, "WebRule", "Actions").path(0);
        JsonNode groups = action.path("ForwardConfig").path("TargetGroups");
        assertThat(groups.path(0).path("TargetGroupArn").path("Ref").asText()).isEqualTo("WebForerunnerTargetGroup");
        assertThat(groups.findValuesAsText("Weight")).containsExactly("1", "0");
    }

    @Test
    void areNotThereAnyMoreOnceTheStoresHaveTurned() {
        JsonNode settled = template(spec.withoutForerunners());
        assertThat(settled.toString()).doesNotContain("Forerunner", "forerunner");
        assertThat(property(settled, "WebRule", "Actions")
                        .path(0)
                        .path("TargetGroupArn")
                        .path("Ref")
                        .asText())
                .isEqualTo("WebTargetGroup");
        assertThat(names(settled.path("Resources"))).isSubsetOf(names(whole.path("Resources")));
    }

    private static JsonNode container(JsonNode template, String service) {
        return property(template, service + "TaskDefinition", "ContainerDefinitions")
                .path(0);
    }

    private static String variable(JsonNode container, String name) {
        for (JsonNode variable : container.path("Environment")) {
            if (variable.path("Name").asText().equals(name)) {
                return variable.path("Value").asText();
            }
        }
        return "";
    }
}
