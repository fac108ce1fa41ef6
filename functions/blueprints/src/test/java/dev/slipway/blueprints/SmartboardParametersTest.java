package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SmartBoard's guide, section 6: "Store in SSM Parameter Store (non-secret config)". */
class SmartboardParametersTest {
    private final JsonNode template = template(Targets.guide("smartboard"));

    @ParameterizedTest
    @CsvSource({
        "NodeEnvParameter, /smartboard/prod/node-env, production",
        "LogLevelParameter, /smartboard/prod/log-level, info",
        "MicrosoftTenantIdParameter, /smartboard/prod/microsoft-tenant-id, common"
    })
    void settingIsAParameterUnderTheGuidesName(String id, String name, String value) {
        assertThat(property(template, id, "Name").asText()).isEqualTo(name);
        assertThat(property(template, id, "Value").asText()).isEqualTo(value);
    }
}
