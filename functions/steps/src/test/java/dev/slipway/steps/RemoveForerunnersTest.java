package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.account.FlatSecrets;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.ProvisionFailed;
import dev.slipway.planning.Planner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

class RemoveForerunnersTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakeStack stack =
            new FakeStack().is(StackStatus.CREATE_COMPLETE).has(Map.of("AppSecretArn", "arn", "WebService", "web"));
    private final OneRule rule = new OneRule("web-forerunner", "web");
    private final SecretShelf secrets =
            new SecretShelf().with("arn", "{\"web.DATABASE_URL\":\"new\",\"web-forerunner.DATABASE_URL\":\"old\"}");

    @BeforeEach
    void cutOver() {
        AppBundle bundle = AppFiles.readUploaded(
                "shop", """
                services:
                  db: {image: 'postgres:16', ports: ['5432:5432'], environment: {POSTGRES_PASSWORD: '${PW}'}}
                  web: {image: 'shop/web:1', ports: ['80:3000']}
                """, "strategy: compute-first\ntraffic: {zone: shop.example, record: www.shop.example}");
        artifacts().write(ATTEMPT.plan(), new Planner().plan(bundle.app(), bundle.spec()));
        artifacts().writeText(ATTEMPT.settledTemplate(), "{}");
        artifacts()
                .write(
                        ATTEMPT.target(),
                        new TargetOutputs(
                                Map.of("WebTargetGroupArn", "web", "WebForerunnerTargetGroupArn", "web-forerunner")));
    }

    @Test
    void takesThemOffTheStackAndTheirLoginsOffTheSecret() {
        assertThat(take()).isFalse();
        assertThat(stack.templateUrl()).isEqualTo("https://artifacts/" + ATTEMPT.settledTemplate());
        stack.wouldDo(ChangeAction.REMOVE, Replacement.FALSE, "WebForerunnerService", "AWS::ECS::Service");
        assertThat(take()).isFalse();
        assertThat(stack.isExecuted()).isTrue();
        assertThat(secrets.text("arn")).as("they still run").contains("web-forerunner");
        stack.is(StackStatus.UPDATE_COMPLETE);
        assertThat(take()).isTrue();
        assertThat(secrets.text("arn")).isEqualTo("{\"web.DATABASE_URL\":\"new\"}");
        assertThat(artifacts().read(ATTEMPT.target(), TargetOutputs.class).values())
                .containsEntry("WebService", "web");
        assertThat(take()).as("a second time").isTrue();
    }

    @Test
    void keepsAStackThatCouldNotBeChanged() {
        take();
        take();
        stack.tells(FakeStack.NAME, "AWS::CloudFormation::Stack", ResourceStatus.UPDATE_IN_PROGRESS, "User Initiated")
                .tells("WebForerunnerService", "AWS::ECS::Service", ResourceStatus.DELETE_FAILED, "it drains")
                .is(StackStatus.UPDATE_ROLLBACK_COMPLETE);
        assertThatThrownBy(this::take)
                .isInstanceOf(ProvisionFailed.class)
                .hasMessageContaining("WebForerunnerService (AWS::ECS::Service) failed: it drains");
        assertThat(secrets.text("arn")).contains("web-forerunner");
    }

    /** Which CloudFormation does rule by rule, while users go on. */
    @Test
    void leadsUsersBackToTheTargetWhereAChangeIsTakenBack() {
        take();
        take();
        rule.leadsTo("web-forerunner");
        stack.is(StackStatus.UPDATE_ROLLBACK_IN_PROGRESS);
        assertThat(take()).isFalse();
        assertThat(rule.leadsTo()).isEqualTo("web");
        rule.leadsTo("web-forerunner");
        stack.is(StackStatus.UPDATE_ROLLBACK_COMPLETE);
        assertThatThrownBy(this::take).isInstanceOf(ProvisionFailed.class);
        assertThat(rule.leadsTo()).isEqualTo("web");
    }

    private boolean take() {
        return new RemoveForerunners(
                        stack,
                        rule,
                        new FlatSecrets(secrets),
                        new LogBuckets(new FakeBuckets()),
                        artifacts(),
                        Settings.from(Map.of("TABLE", "t", "BUCKET", "b")),
                        key -> "https://artifacts/" + key)
                .take(new RemoveForerunners.Input("shop", 2))
                .done();
    }

    private JsonArtifacts artifacts() {
        return new JsonArtifacts(new FolderArtifacts(folder));
    }
}
