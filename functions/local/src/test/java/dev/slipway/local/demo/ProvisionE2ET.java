package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.compose.AppFiles;
import dev.slipway.local.account.Inventory;
import dev.slipway.local.account.Questions;
import dev.slipway.local.sample.SampleData;
import dev.slipway.report.ProvisionReport;
import dev.slipway.report.Report;
import dev.slipway.worker.AppUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Targets that cannot be made: the state says which resource failed first and why, and nothing is left of them. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvisionE2ET {
    private static final String SECRET = "slipway/targets/" + DemoStory.APP;

    private DemoStory story;
    private Questions questions;

    @BeforeAll
    void prepare() throws Exception {
        story = DemoStory.prepare(SampleData.withRows(300), 1, 10, Map.of());
        questions = story.questions();
    }

    @AfterAll
    void close() {
        questions.close();
        story.close();
    }

    @Test
    void undoesAllWhereAQuotaIsReached() throws Exception {
        story.run()
                .faults(Map.of(
                        "rds:CreateDBInstance",
                        Map.of(
                                "code", "InstanceQuotaExceeded",
                                "message", "Cannot create more than 40 DB instances")));
        expectUndone("PostgresInstance (AWS::RDS::DBInstance) failed: ", "Cannot create more than 40 DB instances");
        story.run().faults(Map.of());
    }

    @Test
    void undoesAllWhereANameIsTaken() throws Exception {
        questions.ask("secretsmanager", "CreateSecret", Map.of("Name", SECRET, "SecretString", "{\"THEIRS\":\"1\"}"));
        expectUndone("AppSecret (AWS::SecretsManager::Secret) failed: ", "already exists");
        assertThat(questions
                        .ask("secretsmanager", "GetSecretValue", Map.of("SecretId", SECRET))
                        .path("SecretString")
                        .asText())
                .isEqualTo("{\"THEIRS\":\"1\"}");
        questions.ask("secretsmanager", "DeleteSecret", Map.of("SecretId", SECRET, "ForceDeleteWithoutRecovery", true));
    }

    @Test
    void undoesAllWhereAParameterIsBad() throws Exception {
        String absent = "arn:aws:acm:us-east-1:000000000000:certificate/0a1b2c3d-0000-0000-0000-000000000000";
        Path wishes = story.run().folder().app().resolve("slipway.yaml");
        String good = Files.readString(wishes);
        upload(wishes, good.replaceFirst("(?m)^traffic:\\s*$", "traffic:\n  certificate: " + absent));
        expectUndone("Listener (AWS::ElasticLoadBalancingV2::Listener) failed: ", "Supplied certificate was not found");
        upload(wishes, good);
    }

    private void upload(Path wishes, String text) throws IOException {
        Files.writeString(wishes, text);
        new AppUpload(
                        story.pipeline().artifacts().artifacts(),
                        new FlatSecrets(Clients.of(SecretsManagerClient.builder())))
                .put(AppFiles.readDirectory(story.run().folder().app()));
    }

    private void expectUndone(String resource, String reason) throws Exception {
        Inventory before = Inventory.of(questions);
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {});
        Report report = story.expectRolledBack(ending);
        assertThat(ending.cause())
                .startsWith("Tried to make the target's stack slipway-crp-preschool but " + resource)
                .contains(reason)
                .doesNotContain("\n");
        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.state()).isEqualTo("Provision target");
            assertThat(failure.error()).isEqualTo("ProvisionFailed");
            assertThat(failure.cause()).isEqualTo(ending.cause());
        });
        assertThat(report.provision()).hasValueSatisfying(provision -> {
            assertThat(provision.ending()).isEqualTo(ProvisionReport.Ending.UNDONE);
            assertThat(provision.count(ProvisionReport.Action.ADD)).isGreaterThan(100);
            assertThat(provision.times())
                    .extracting(ProvisionReport.Time::name)
                    .contains(resource.substring(0, resource.indexOf(' ')));
        });
        assertThat(report.leftovers()).isEmpty();
        assertThat(story.pipeline()
                        .artifacts()
                        .text(story.row().attempt().reportHtml())
                        .orElseThrow())
                .contains("Where the minutes went", "one of them failed, and all of it was undone");
        assertThat(questions
                        .ask("cloudformation", "DescribeStacks", Map.of("StackName", "slipway-" + DemoStory.APP))
                        .path("message")
                        .asText())
                .contains("does not exist");
        assertThat(Inventory.of(questions).beyond(before)).isEmpty();
    }
}
