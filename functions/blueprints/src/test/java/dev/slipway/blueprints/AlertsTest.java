package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Who hears of alarms. */
class AlertsTest {
    private static final JsonNode TEMPLATE = template(Targets.guide("crp-preschool", """
            target: {region: us-east-1}
            notify:
              - ops@example.com
              - arn:aws:sns:us-east-1:123456789012:pager
              - arn:aws:sns:eu-west-1:123456789012:elsewhere
            """));

    @Test
    void smartboardSnsAlert() {
        assertThat(property(TEMPLATE, "Alerts", "KmsMasterKeyId").toString()).contains("AlertsKey");
        assertThat(property(TEMPLATE, "AlertsKey", "EnableKeyRotation").asBoolean())
                .isTrue();
    }

    @Test
    void mailsToAnAddress() {
        assertThat(property(TEMPLATE, "AlertOpsExampleComSubscription", "Protocol")
                        .asText())
                .isEqualTo("email");
        assertThat(property(TEMPLATE, "AlertOpsExampleComSubscription", "Endpoint")
                        .asText())
                .isEqualTo("ops@example.com");
    }

    @Test
    void callsTopicsOfTheSameRegionOnly() {
        assertThat(property(TEMPLATE, "LoadBalancerSlowResponses", "AlarmActions")
                        .toString())
                .isEqualTo("[{\"Ref\":\"Alerts\"},\"arn:aws:sns:us-east-1:123456789012:pager\"]");
    }

    @Test
    void letsOnlyServicesOfAwsWriteAndOnlyForThisAccount() {
        JsonNode statements =
                property(TEMPLATE, "AlertsPolicy", "PolicyDocument").path("Statement");
        assertThat(statements).singleElement().satisfies(statement -> {
            assertThat(statement.at("/Principal/Service"))
                    .allSatisfy(service -> assertThat(service.asText()).endsWith(".amazonaws.com"));
            assertThat(statement.path("Action").asText()).isEqualTo("sns:Publish");
            assertThat(statement
                            .at("/Condition/StringEquals/aws:SourceAccount/Ref")
                            .asText())
                    .isEqualTo("AWS::AccountId");
        });
    }
}
