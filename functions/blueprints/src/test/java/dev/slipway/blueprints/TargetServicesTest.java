package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** How services grow, how jobs run, and where images come from. */
final class TargetServicesTest {
    private static final String JOBS = """
            services:
              web: {image: 'shop/web:1', ports: ['80:3000']}
              migrate: {image: 'shop/web:1', command: alembic upgrade head}
              ofelia: {image: mcuadros/ofelia}
              api:
                image: shop/api:1
                labels: {ofelia.job-exec.report.schedule: "0 0 3 * * *", ofelia.job-exec.report.command: report}
            """;

    @Test
    void keepsTheTaskDefinitionBeforeAChange() {
        JsonNode template = template(Targets.of(JOBS, ""));
        template.path("Resources").forEach(resource -> {
            if (resource.path("Type").asText().equals("AWS::ECS::TaskDefinition")) {
                assertThat(resource.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
            }
        });
        assertThat(typesOf(template)).containsKey("AWS::ECS::TaskDefinition");
    }

    @Test
    void preschoolScalesByTheUseOfProcessorsFromSmallOn() {
        JsonNode template = template(Targets.guide("crp-preschool", "target: {size: small}"));
        assertThat(property(template, "AuthServiceScalableTarget", "MaxCapacity")
                        .asInt())
                .isEqualTo(10);
        JsonNode policy = property(template, "AuthServiceScalingPolicy", "TargetTrackingScalingPolicyConfiguration");
        assertThat(policy.path("TargetValue").asInt()).isEqualTo(70);
        assertThat(policy.findValuesAsText("PredefinedMetricType")).containsExactly("ECSServiceAverageCPUUtilization");
        assertThat(typesOf(template(Targets.crpPreschool())))
                .doesNotContainKey("AWS::ApplicationAutoScaling::ScalableTarget");
    }

    @Test
    void registersNoLeastNumberOfTasksBeforeTheDataIsThere() {
        JsonNode template = template(Targets.guide("crp-preschool", "target: {size: small}"));
        assertThat(property(template, "AuthServiceScalableTarget", "MinCapacity")
                        .asInt(-1))
                .isZero();
        assertThat(property(template, "AuthServiceScalableTarget", "SuspendedState")
                        .path("DynamicScalingInSuspended")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void goesBackToTheTaskDefinitionBeforeOneThatFails() {
        assertThat(property(template(Targets.crpPreschool()), "AuthServiceService", "DeploymentConfiguration")
                        .path("DeploymentCircuitBreaker")
                        .toString())
                .isEqualTo("{\"Enable\":true,\"Rollback\":true}");
    }

    @Test
    void runsNoJobBeforeItsDataIsThere() {
        JsonNode template = template(Targets.of(JOBS, ""));
        assertThat(property(template, "ApiReportSchedule", "State").asText()).isEqualTo("DISABLED");
        assertThat(property(template, "ApiReportSchedule", "ScheduleExpression").asText())
                .isEqualTo("cron(0 3 * * ? *)");
        assertThat(names(template.path("Outputs")))
                .contains("ApiReportSchedule", "ApiReportTaskDefinition", "MigrateTaskDefinition")
                .doesNotContain("MigrateSchedule");
    }

    @Test
    void letsTheClockRunItsOwnJobOnly() {
        JsonNode policies = property(template(Targets.of(JOBS, "")), "ApiReportScheduleRole", "Policies");
        assertThat(policies.findValues("Action").toString()).isEqualTo("[\"ecs:RunTask\", \"iam:PassRole\"]");
        assertThat(policies.findValues("Resource").toString())
                .isEqualTo("[{\"Ref\":\"ApiReportTaskDefinition\"}, [{\"Fn::GetAtt\":[\"ExecutionRole\",\"Arn\"]}]]");
    }

    @Test
    void takesImagesFromTheSourceWhereAskedTo() {
        JsonNode template = template(Targets.of("""
                services:
                  web: {image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1'}
                  api: {build: ., ports: ['80:3000']}
                """, "target: {images: source}"));
        assertThat(property(template, "WebTaskDefinition", "ContainerDefinitions")
                        .path(0)
                        .path("Image")
                        .asText())
                .endsWith("/shop/web:1");
        assertThat(names(template.path("Resources"))).contains("ApiRepository").doesNotContain("WebRepository");
        assertThat(property(template, "ImagesAccess", "PolicyDocument").toString())
                .contains("arn:${AWS::Partition}:ecr:eu-west-1:123456789012:repository/shop/web");
    }
}
