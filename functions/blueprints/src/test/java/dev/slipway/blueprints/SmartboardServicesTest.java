package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What SmartBoard's guide asks of images, settings, services, names and roles, line by line. */
final class SmartboardServicesTest {
    private static final List<String> SERVICES = List.of(
            "web",
            "gateway",
            "svc-auth",
            "svc-tenants",
            "svc-datasets",
            "svc-analytics",
            "svc-dashboards",
            "svc-realtime",
            "worker");

    private final JsonNode template = template(Targets.guide("smartboard"));

    @Test
    void section2HasOneRepositoryForEachService() {
        assertThat(template.path("Resources").findParents("RepositoryName"))
                .extracting(repository -> repository.path("RepositoryName").asText())
                .containsExactlyInAnyOrderElementsOf(
                        SERVICES.stream().map(name -> "smartboard-" + name).toList());
    }

    @Test
    void section2KeepsTheLast10Images() {
        assertThat(property(template, "WebRepository", "LifecyclePolicy").toString())
                .contains("imageCountMoreThan", "\\\"countNumber\\\": 10");
    }

    @Test
    void section2ScansImagesWhenTheyArePushed() {
        assertThat(template.path("Resources").findValues("ScanOnPush"))
                .hasSize(9)
                .allMatch(JsonNode::asBoolean);
    }

    @Test
    void section6KeepsSecretsInSecretsManager() {
        assertThat(references("SvcAuth", "JWT_SECRET"))
                .containsExactly("{\"Fn::Sub\":\"${AppSecret}:svc-auth.JWT_SECRET::\"}");
        assertThat(template.toString()).doesNotContain("s3cret");
    }

    @Test
    void section6KeepsSettingsInTheParameterStore() {
        assertThat(property(template, "NodeEnvParameter", "Name").asText()).isEqualTo("/smartboard/prod/node-env");
        assertThat(property(template, "NodeEnvParameter", "Value").asText()).isEqualTo("production");
        assertThat(property(template, "LogLevelParameter", "Name").asText()).isEqualTo("/smartboard/prod/log-level");
        assertThat(references("SvcAuth", "LOG_LEVEL"))
                .containsExactly(
                        "{\"Fn::Sub\":\"arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${LogLevelParameter}\"}");
    }

    @Test
    void section6TellsWhereTheBucketIsByAParameter() {
        assertThat(property(template, "MinioBucketDatasetsParameter", "Value").toString())
                .isEqualTo("{\"Fn::Sub\":\"${MinioBucket}\"}");
    }

    @Test
    void section7HasALogGroupForEachServiceWhichKeeps30Days() {
        assertThat(template.path("Resources").findParents("LogGroupName"))
                .extracting(group -> group.path("LogGroupName").asText())
                .containsAll(SERVICES.stream()
                        .map(name -> "/smartboard/prod/" + name)
                        .toList());
        assertThat(property(template, "WorkerLog", "RetentionInDays").asInt()).isEqualTo(30);
    }

    @Test
    void section7StartsWithAQuarterOfAProcessorAndHalfAGigabyte() {
        assertThat(property(template, "WebTaskDefinition", "Cpu").asText()).isEqualTo("256");
        assertThat(property(template, "WebTaskDefinition", "Memory").asText()).isEqualTo("512");
    }

    @Test
    void section7TakesImagesFromItsOwnRepository() {
        assertThat(container("Web").path("Image").toString())
                .isEqualTo("{\"Fn::Sub\":\"${WebRepository.RepositoryUri}:1.0.0\"}");
    }

    @Test
    void section7AsksForTheHealthOfEachServiceEvery30Seconds() {
        assertThat(SERVICES).allSatisfy(name -> {
            JsonNode health = container(LogicalName.of(name)).path("HealthCheck");
            assertThat(health.path("Command").toString()).contains("/health/ready");
            assertThat(health.path("Interval").asInt()).isEqualTo(30);
        });
    }

    @Test
    void section7RunsOneTaskOfEachOnFargateOnceItIsDeployed() {
        assertThat(property(template, "WebService", "LaunchType").asText()).isEqualTo("FARGATE");
        assertThat(property(template, "WebService", "DesiredCount").asInt(-1)).isZero();
        assertThat(Targets.guide("smartboard").services()).allMatch(service -> service.count() == 1);
    }

    @Test
    void section8GivesEachServiceItsNameInTheCloudMap() {
        assertThat(property(template, "Namespace", "Name").asText()).isEqualTo("smartboard.internal");
        assertThat(property(template, "SvcAuthDiscovery", "Name").asText()).isEqualTo("svc-auth");
    }

    @Test
    void section10LetsTheDatasetsServicePutTheWorkerGetAndNobodyElseSeeTheBucket() {
        JsonNode roles = template(Accesses.in(
                Targets.guide("smartboard"),
                Map.of("svc-datasets", List.of("minio", "minio"), "worker", List.of("minio"))));
        assertThat(actions(roles, "SvcDatasetsMinioWrite")).contains("s3:PutObject");
        assertThat(actions(roles, "WorkerMinioRead")).contains("s3:GetObject");
        assertThat(names(roles.path("Resources"))).doesNotContain("WorkerMinioWrite", "WebTaskRole", "SvcAuthTaskRole");
        assertThat(property(roles, "WebTaskDefinition", "TaskRoleArn").isMissingNode())
                .isTrue();
        assertThat(names(roles.path("Resources")))
                .filteredOn(name -> name.endsWith("TaskRole"))
                .containsExactlyInAnyOrder("SvcDatasetsTaskRole", "WorkerTaskRole");
        assertThat(roles.path("Outputs").path("MinioWriters").toString())
                .contains("SvcDatasetsTaskRole")
                .doesNotContain("Worker");
    }

    @Test
    void section10LetsTasksStartWithTheirOwnSecretsOnly() {
        assertThat(property(template, "SecretsAccess", "PolicyDocument").toString())
                .contains("\"Resource\":{\"Ref\":\"AppSecret\"}");
        assertThat(property(template, "ParameterAccess", "PolicyDocument").toString())
                .contains(":parameter/smartboard/prod/*");
        assertThat(property(template, "ImagesAccess", "PolicyDocument").findValues("Fn::GetAtt"))
                .hasSize(9);
    }

    @Test
    void costTipRunsTheWorkerOnSpot() {
        assertThat(property(template, "WorkerService", "CapacityProviderStrategy")
                        .toString())
                .isEqualTo("[{\"CapacityProvider\":\"FARGATE_SPOT\",\"Weight\":1}]");
        assertThat(property(template, "WorkerService", "LaunchType").isMissingNode())
                .isTrue();
        assertThat(property(template(Targets.smartboard()), "WorkerService", "CapacityProviderStrategy")
                        .toString())
                .contains("{\"CapacityProvider\":\"FARGATE\",\"Base\":1,\"Weight\":0}");
        assertThat(property(template, "SvcAuthService", "LaunchType").asText()).isEqualTo("FARGATE");
    }

    private JsonNode container(String service) {
        return property(template, service + "TaskDefinition", "ContainerDefinitions")
                .path(0);
    }

    private List<String> references(String service, String variable) {
        return StreamSupport.stream(container(service).path("Secrets").spliterator(), false)
                .filter(secret -> secret.path("Name").asText().equals(variable))
                .map(secret -> secret.path("ValueFrom").toString())
                .toList();
    }

    private static String actions(JsonNode template, String policy) {
        return property(template, policy, "PolicyDocument").findValues("Action").toString();
    }
}
