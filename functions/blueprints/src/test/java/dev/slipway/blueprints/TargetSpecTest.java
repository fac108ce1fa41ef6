package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Services that are asked for under names of their own. */
class TargetSpecTest {
    @Test
    void keepsServicesApartThatAnswerTheSamePathUnderOtherNames() {
        JsonNode resources = template(Targets.of("""
                services:
                  any:
                    image: shop/any:1
                    labels: {"traefik.http.routers.any.rule": "PathPrefix(`/`)"}
                    expose: ["80"]
                  api:
                    image: shop/api:1
                    labels: {"traefik.http.routers.api.rule": "Host(`api.shop.example`, `api.shop.test`)"}
                    expose: ["80"]
                  www:
                    image: shop/www:1
                    labels: {"traefik.http.routers.www.rule": "Host(`www.shop.example`)"}
                    expose: ["80"]
                """, "")).path("Resources");
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
}
