package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Phase 7 of BahnVision's guide: new versions for a cluster, by GitHub Actions or by a pipeline of the account. */
final class BahnvisionDeliveryTest {
    private static final String CLUSTER = "target: {compute: eks, region: us-west-2, size: small}\n";
    private static final String SCHEMA = "schema: {command: alembic upgrade head}\n";
    private static final String REPOSITORY =
            "repository: {connection: \"arn:aws:codeconnections:us-west-2:123456789012:"
                    + "connection/0a1b2c3d\", name: bahnvision/bahnvision}\n";

    private final Map<String, String> files =
            DeliveryFiles.files(Targets.guide("bahnvision", CLUSTER + SCHEMA + "delivery: github-actions\n"));
    private final JsonNode pipeline = template(Targets.guide("bahnvision", CLUSTER + SCHEMA + REPOSITORY));

    @Test
    void buildsTheImagesOfTheApp() {
        assertThat(workflow())
                .contains("{\"repository\": \"bahnvision-bahnvision-backend\", \"dockerfile\": \"backend/Dockerfile\","
                        + " \"context\": \"backend\"}")
                .contains("\"dockerfile\": \"frontend/Dockerfile\"")
                .doesNotContain("busybox", "postgres");
    }

    @Test
    void updatesKubeconfig() {
        assertThat(workflow())
                .containsSubsequence(
                        "OutputKey=='ClusterName'",
                        "aws eks update-kubeconfig --region \"$AWS_REGION\" --name",
                        "kubectl set image");
        assertThat(deploySpec()).containsSubsequence("aws eks update-kubeconfig", "kubectl set image");
    }

    @Test
    void deploysByTheSameLinesWhoeverDelivers() {
        String lines = ClusterDelivery.rollout();
        assertThat(workflow()).contains(lines.indent(10).stripTrailing());
        assertThat(deploySpec()).contains(lines.indent(8));
    }

    @Test
    void isYamlAndLeavesNothingToBeFilledIn() {
        Map<String, Object> read = Blueprint.mapping(BlueprintYaml.read("deploy.yml", workflow()));
        assertThat(Blueprint.mapping(read.get("jobs"))).containsOnlyKeys("build", "deploy");
        assertThat(files.values()).noneMatch(text -> text.replace("${{", "").contains("{{"));
    }

    @Test
    void letsTheWorkflowChangeTheAppsNamespaceAndNothingElseOfTheCluster() {
        assertThat(files.get("github-role.yaml"))
                .contains("Action: eks:DescribeCluster", "cluster/${Cluster}", "AmazonEKSEditPolicy", "Type: namespace")
                .doesNotContain("ecs:", "iam:PassRole", "ClusterAdmin");
        JsonNode policy = property(pipeline, "DeliveryEntry", "AccessPolicies").path(0);
        assertThat(policy.path("PolicyArn").toString()).contains("AmazonEKSEditPolicy");
        assertThat(policy.path("AccessScope").toString())
                .isEqualTo("{\"Type\":\"namespace\",\"Namespaces\":[\"bahnvision\"]}");
    }

    @Test
    void whatBuildsMayNotDeployAndWhatDeploysMayNotPush() {
        assertThat(property(pipeline, "BuildRole", "Policies").toString())
                .contains("ecr:PutImage")
                .doesNotContain("eks:");
        assertThat(property(pipeline, "DeliveryRole", "Policies").toString())
                .contains("eks:DescribeCluster", "cluster/${Cluster}")
                .doesNotContain("ecr:", "ecs:");
    }

    @Test
    void buildsInCodeBuildByTheImagesOwnFolders() {
        assertThat(property(pipeline, "BuildProject", "Environment").toString())
                .contains("bahnvision-bahnvision-backend|backend/Dockerfile|backend");
        assertThat(property(pipeline, "BuildProject", "Source")
                        .path("BuildSpec")
                        .asText())
                .containsSubsequence("docker login", "docker build", "docker push")
                .doesNotContain("compose");
        assertThat(property(pipeline, "DeployProject", "Environment").toString())
                .contains("alembic upgrade head", "\"Name\":\"SCHEMA_SERVICE\",\"Value\":\"bahnvision-backend\"");
    }

    @Test
    void writesNothingWhereTheTargetHasNoRepositoryOfTheirs() {
        String source = CLUSTER.replace("{", "{images: source, ");
        assertThat(DeliveryFiles.files(Targets.guide("bahnvision", source + "delivery: github-actions\n")))
                .isEmpty();
        assertThat(template(Targets.guide("bahnvision", source + REPOSITORY))
                        .path("Resources")
                        .has("Pipeline"))
                .isFalse();
    }

    private String workflow() {
        return files.getOrDefault(".github/workflows/deploy.yml", "");
    }

    private String deploySpec() {
        return property(pipeline, "DeployProject", "Source").path("BuildSpec").asText();
    }
}
