package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;

/** The preschool guide's "CI/CD: AWS CodePipeline + CodeBuild". */
final class TargetDeliveryTest {
    private static final String CONNECTION = "arn:aws:codeconnections:us-east-1:123456789012:connection/0a1b2c3d";
    private static final String REPOSITORY = "repository: {connection: \"" + CONNECTION
            + "\", name: crp/preschool}\nschema: {command: alembic upgrade head}\n";

    private final JsonNode preschool = template(Targets.guide("crp-preschool", REPOSITORY));

    @Test
    void ciCdIsAPipelineThatTakesWhatIsPushedToItsBranch() {
        JsonNode source = property(preschool, "Pipeline", "Stages").at("/0/Actions/0/Configuration");
        assertThat(source.path("ConnectionArn").asText()).isEqualTo(CONNECTION);
        assertThat(source.path("FullRepositoryId").asText()).isEqualTo("crp/preschool");
        assertThat(source.path("BranchName").asText()).isEqualTo("main");
        assertThat(property(preschool, "Pipeline", "ExecutionMode").asText()).isEqualTo("QUEUED");
    }

    @Test
    void codeBuildBuildsAndPushesTheImagesThatTheAppsFilesBuild() {
        TargetSpec shop = Targets.of("""
                services:
                  web: {build: ., ports: ["80:3000"]}
                  api: {image: "shop/api:1", expose: [8080]}
                """, REPOSITORY);
        assertThat(variable(template(shop), "BuildProject", "BUILDS").asText())
                .matches("web\\|[^ |]+\\|shop-web\\|[^ |]+");
        JsonNode project = template(shop).at("/Resources/BuildProject/Properties");
        assertThat(project.at("/Environment/PrivilegedMode").asBoolean()).isTrue();
        assertThat(project.at("/Source/BuildSpec").asText())
                .containsSubsequence("docker login", "docker compose build", "docker push");
    }

    @Test
    void thenTheSchemaCommandRunsAsATaskOfItsOwnBeforeANewDeployment() {
        assertThat(property(preschool, "DeployProject", "Source")
                        .path("BuildSpec")
                        .asText())
                .containsSubsequence("aws ecs run-task", "aws ecs update-service", "--force-new-deployment");
        assertThat(variable(preschool, "DeployProject", "SCHEMA_COMMAND").asText())
                .isEqualTo("alembic upgrade head");
        assertThat(variable(preschool, "DeployProject", "SCHEMA_TASK").toString())
                .isEqualTo("{\"Ref\":\"AuthServiceTaskDefinition\"}");
        assertThat(variable(preschool, "DeployProject", "SERVICES")
                        .at("/Fn::Join/1")
                        .toString())
                .contains("[\"AuthServiceService\",\"Name\"]");
        assertThat(property(preschool, "DeliverySchema", "PolicyDocument")
                        .at("/Statement/0/Resource")
                        .toString())
                .isEqualTo("{\"Ref\":\"AuthServiceTaskDefinition\"}");
    }

    /** A pipeline runs when it is made, and a database that is not empty would stop the copy. */
    @Test
    void changesNoSchemaBeforeAMigrationHasStartedTheServices() {
        assertThat(property(preschool, "DeployProject", "Source")
                        .path("BuildSpec")
                        .asText())
                .containsSubsequence("desiredCount", "if [ \"$started\" = 0 ]", "else", "aws ecs run-task");
    }

    @Test
    void whatBuildsMayNotDeployAndWhatDeploysMayNotPush() {
        assertThat(property(preschool, "BuildRole", "Policies").toString())
                .contains("ecr:PutImage")
                .doesNotContain("ecs:");
        assertThat(property(preschool, "DeployRole", "Policies").toString())
                .contains("service/${Cluster}/*")
                .doesNotContain("ecr:");
        assertThat(template(Targets.guide(
                                "crp-preschool", REPOSITORY.lines().findFirst().orElseThrow()))
                        .path("Resources")
                        .has("DeliverySchema"))
                .isFalse();
    }

    @Test
    void isNotMadeWhereNobodySaidWhoseFilesAreBuilt() {
        assertThat(typesOf(template(Targets.crpPreschool()))).doesNotContainKey("AWS::CodePipeline::Pipeline");
        assertThat(typesOf(template(Targets.guide("crp-preschool", REPOSITORY + "delivery: github-actions"))))
                .doesNotContainKey("AWS::CodePipeline::Pipeline");
    }

    private static JsonNode variable(JsonNode template, String project, String name) {
        return property(template, project, "Environment")
                .path("EnvironmentVariables")
                .valueStream()
                .filter(variable -> variable.path("Name").asText().equals(name))
                .map(variable -> variable.path("Value"))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
