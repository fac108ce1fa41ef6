package dev.slipway.blueprints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Section 11 of SmartBoard's guide: CI/CD by GitHub Actions. */
final class SmartboardDeliveryTest {
    private static final String WORKFLOW = ".github/workflows/deploy.yml";

    private final Map<String, String> files = DeliveryFiles.files(Targets.guide("smartboard"));

    @Test
    void runsWhenMainIsPushed() {
        assertThat(workflow())
                .containsEntry("on", Map.of("push", Map.of("branches", List.of("main")), "workflow_dispatch", ""));
    }

    @Test
    void assumesARoleAndHasNoLongLivedKeys() {
        assertThat(workflow()).containsEntry("permissions", Map.of("contents", "read", "id-token", "write"));
        assertThat(text())
                .contains("role-to-assume: ${{ secrets.AWS_ROLE_TO_ASSUME }}")
                .doesNotContain("aws-access-key-id");
        assertThat(files.get("github-role.yaml"))
                .contains("sts:AssumeRoleWithWebIdentity", "repo:${Repository}:ref:refs/heads/main")
                .contains("Default: \"slipway-smartboard\"", "Default: \"smartboard\"");
    }

    @Test
    void buildsAndPushesTheImageOfEachService() {
        assertThat(text())
                .contains("{\"service\": \"svc-auth\", \"image\": \"smartboard/smartboard-svc-auth:1.0.0\","
                        + " \"repository\": \"smartboard-svc-auth\", \"tag\": \"1.0.0\"}")
                .contains("docker push");
        assertThat(text().split("\"service\": ", -1)).hasSize(10);
    }

    @Test
    void runsTheSchemaCommandAsATaskOfItsOwnBeforeANewDeployment() {
        String workflow = text();
        assertThat(workflow.indexOf("aws ecs run-task"))
                .isPositive()
                .isLessThan(workflow.indexOf("aws ecs update-service"));
        assertThat(workflow).contains("--force-new-deployment");
    }

    @Test
    void leavesNothingToBeFilledIn() {
        assertThat(files.values()).noneMatch(text -> text.replace("${{", "").contains("{{"));
    }

    @Test
    void writesNothingWhereCodePipelineDelivers() {
        assertThat(DeliveryFiles.files(Targets.crpPreschool())).isEmpty();
    }

    private Map<String, Object> workflow() {
        return Blueprint.mapping(BlueprintYaml.read(WORKFLOW, text()));
    }

    private String text() {
        return files.getOrDefault(WORKFLOW, "");
    }
}
