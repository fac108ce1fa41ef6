package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.spec.Size;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Services that are asked for under names of their own. */
class TargetSpecTest {
    @Test
    void keepsServicesApartThatAnswerTheSamePathUnderOtherNames() {
        JsonNode resources = template(Targets.target(
                        "hosts",
                        Size.POC,
                        List.of(),
                        List.of(
                                service("any", List.of("/*"), List.of()),
                                service("api", List.of("/*"), List.of("api.shop.example", "api.shop.test")),
                                service("www", List.of("/*"), List.of("www.shop.example")))))
                .path("Resources");
        assertThat(host(resources, "ApiRule")).contains("api.shop.example");
        assertThat(host(resources, "ApiHost2Rule")).contains("api.shop.test");
        assertThat(host(resources, "WwwRule")).contains("www.shop.example");
        assertThat(host(resources, "AnyRule")).isEmpty();
        assertThat(priority(resources, "AnyRule"))
                .as("what is asked for under any name comes last")
                .isGreaterThan(priority(resources, "ApiRule"))
                .isGreaterThan(priority(resources, "WwwRule"));
    }

    private static Optional<String> host(JsonNode resources, String rule) {
        return Optional.of(resources
                        .at("/" + rule + "/Properties/Conditions/1/HostHeaderConfig/Values/0")
                        .asText(""))
                .filter(text -> !text.isEmpty());
    }

    private static int priority(JsonNode resources, String rule) {
        return resources.path(rule).path("Properties").path("Priority").asInt();
    }

    private static TargetSpec.Service service(String name, List<String> paths, List<String> hosts) {
        return new TargetSpec.Service(
                name,
                name + ":1",
                Optional.of(80),
                paths,
                hosts,
                "/health",
                List.of(),
                256,
                512,
                new TreeMap<>(),
                new TreeMap<>());
    }
}
