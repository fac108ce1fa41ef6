package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.account.FlatSecrets;
import dev.slipway.account.HostedZones;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.exception.InvalidSpec;
import dev.slipway.migration.exception.ProvisionFailed;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.report.ProvisionReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;

class ProvisionTargetTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 3);
    private static final String DATABASE = "AWS::RDS::DBInstance";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakeMigrations migrations = new FakeMigrations(ATTEMPT, Phase.PLANNED);
    private final FakeStack edge = new FakeStack();
    private final FakeBuckets buckets = new FakeBuckets();
    private final FakeTasks tasks = new FakeTasks().runs("web:1", 2);
    private final FakeStack stack = new FakeStack().has(Map.of("AppSecretArn", "arn:secret"));

    @BeforeEach
    void plan() {
        artifacts()
                .write(
                        ATTEMPT.plan(),
                        ExamplePlan.of("shop").traffic(in("shop.example")).plan());
    }

    @Test
    void makesTheStackFromATemplateInTheArtifactsAndTagsIt() {
        assertThat(take()).isFalse();
        assertThat(stack.templateUrl()).isEqualTo("https://artifacts/" + ATTEMPT.targetTemplate());
        assertThat(artifacts().text(ATTEMPT.targetTemplate()).orElseThrow())
                .startsWith("{\"AWSTemplateFormatVersion\"");
        assertThat(stack.tags()).containsOnly(Map.entry("slipway:app", "shop"), Map.entry("slipway:migration", "shop"));
    }

    /** Before the change set is carried out: afterwards nobody knows it any more. */
    @Test
    void remembersWhatTheServicesRanBefore() {
        stack.is(StackStatus.UPDATE_IN_PROGRESS)
                .holds(
                        "WebService",
                        "AWS::ECS::Service",
                        "arn:aws:ecs:us-east-1:123456789012:service/shop/web-service");
        take();
        assertThat(earlier()).as("it is not at rest").isEmpty();
        stack.is(StackStatus.UPDATE_COMPLETE);
        take();
        EarlierServices.Earlier web = new EarlierServices.Earlier("shop", "web-service", "web:1", 2);
        assertThat(earlier()).containsExactly(web);
        tasks.runs("web:2", 0);
        take();
        assertThat(earlier()).containsExactly(web);
    }

    @Test
    void remembersNoServiceOfANewTarget() {
        take();
        assertThat(earlier()).isEmpty();
    }

    private List<EarlierServices.Earlier> earlier() {
        return artifacts()
                .read(ATTEMPT.earlierServices(), EarlierServices.class)
                .services();
    }

    @Test
    void saysWhatWasChangedAndWhatTookHowLong() {
        take();
        stack.wouldDo(ChangeAction.ADD, Replacement.FALSE, "Vpc", "AWS::EC2::VPC");
        assertThat(take()).isFalse();
        assertThat(stack.isExecuted()).isTrue();
        stack.tells("Vpc", "AWS::EC2::VPC", ResourceStatus.DELETE_FAILED, "of an earlier change")
                .tells(
                        FakeStack.NAME,
                        "AWS::CloudFormation::Stack",
                        ResourceStatus.CREATE_IN_PROGRESS,
                        "User Initiated")
                .tells("Vpc", "AWS::EC2::VPC", ResourceStatus.CREATE_IN_PROGRESS, "")
                .tells("Subnet", "AWS::EC2::Subnet", ResourceStatus.CREATE_IN_PROGRESS, "")
                .tells("Subnet", "AWS::EC2::Subnet", ResourceStatus.CREATE_COMPLETE, "")
                .tells("Vpc", "AWS::EC2::VPC", ResourceStatus.CREATE_COMPLETE, "")
                .tells(FakeStack.NAME, "AWS::CloudFormation::Stack", ResourceStatus.CREATE_COMPLETE, "")
                .is(StackStatus.CREATE_COMPLETE);
        assertThat(take()).isTrue();
        assertThat(report().changes())
                .containsExactly(new ProvisionReport.Change("Vpc", "AWS::EC2::VPC", ProvisionReport.Action.ADD));
        assertThat(report().times())
                .containsExactly(
                        new ProvisionReport.Time("Vpc", "AWS::EC2::VPC", 30),
                        new ProvisionReport.Time("Subnet", "AWS::EC2::Subnet", 10));
        assertThat(migrations.phase()).isEqualTo(Phase.PROVISIONED);
    }

    @Test
    void doesNothingWhereNothingIsToBeChangedAndSaysSo() {
        stack.is(StackStatus.CREATE_COMPLETE)
                .refusesTheChangeSet("The submitted information didn't contain changes. Submit different information");
        take();
        assertThat(take()).isTrue();
        assertThat(stack.isExecuted()).isFalse();
        assertThat(report().changes()).isEmpty();
        assertThat(migrations.phase()).isEqualTo(Phase.PROVISIONED);
    }

    @Test
    void refusesToReplaceOrRemoveAStore() {
        stack.is(StackStatus.UPDATE_COMPLETE)
                .wouldDo(ChangeAction.MODIFY, Replacement.FALSE, "OtherInstance", DATABASE)
                .wouldDo(ChangeAction.MODIFY, Replacement.CONDITIONAL, "DatabaseInstance", DATABASE)
                .wouldDo(ChangeAction.REMOVE, Replacement.FALSE, "MediaBucket", "AWS::S3::Bucket")
                .wouldDo(ChangeAction.REMOVE, Replacement.FALSE, "Rule", "AWS::ElasticLoadBalancingV2::ListenerRule");
        take();
        assertThatThrownBy(this::take)
                .isInstanceOf(ProvisionFailed.class)
                .hasMessageContaining(
                        "would replace or remove DatabaseInstance (AWS::RDS::DBInstance), MediaBucket (AWS::S3::Bucket), which");
        assertThat(stack.isExecuted()).isFalse();
    }

    @Test
    void tellsTheFirstFailureOfACreationOnceNothingIsLeftOfIt() {
        take();
        take();
        stack.tells(FakeStack.NAME, "AWS::CloudFormation::Stack", ResourceStatus.CREATE_IN_PROGRESS, "User Initiated")
                .tells("Media", "AWS::S3::Bucket", ResourceStatus.CREATE_FAILED, "media already exists")
                .tells("Vpc", "AWS::EC2::VPC", ResourceStatus.CREATE_FAILED, "Resource creation cancelled")
                .tells("Log", "AWS::Logs::LogGroup", ResourceStatus.CREATE_FAILED, "too late to matter")
                .is(StackStatus.ROLLBACK_COMPLETE);
        assertThat(take()).as("it is being removed").isFalse();
        assertThat(stack.status()).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
        assertThat(take()).isFalse();
        stack.isGone();
        assertThatThrownBy(this::take)
                .isInstanceOf(ProvisionFailed.class)
                .hasMessageContaining("but Media (AWS::S3::Bucket) failed: media already exists");
    }

    @Test
    void saysWhatWasToBeMadeAndWhatTookHowLongThoughItFailed() {
        take();
        stack.wouldDo(ChangeAction.ADD, Replacement.FALSE, "Vpc", "AWS::EC2::VPC");
        take();
        stack.tells(FakeStack.NAME, "AWS::CloudFormation::Stack", ResourceStatus.CREATE_IN_PROGRESS, "User Initiated")
                .tells("Vpc", "AWS::EC2::VPC", ResourceStatus.CREATE_IN_PROGRESS, "")
                .tells("Vpc", "AWS::EC2::VPC", ResourceStatus.CREATE_COMPLETE, "")
                .tells("Media", "AWS::S3::Bucket", ResourceStatus.CREATE_IN_PROGRESS, "")
                .tells("Media", "AWS::S3::Bucket", ResourceStatus.CREATE_FAILED, "media already exists")
                .tells("Vpc", "AWS::EC2::VPC", ResourceStatus.DELETE_IN_PROGRESS, "")
                .tells("Vpc", "AWS::EC2::VPC", ResourceStatus.DELETE_COMPLETE, "")
                .is(StackStatus.ROLLBACK_COMPLETE);
        take();
        assertThat(report().ending()).isEqualTo(ProvisionReport.Ending.UNDONE);
        assertThat(report().changes()).hasSize(1);
        assertThat(report().times())
                .as("until it was there, not until it was removed")
                .containsExactly(
                        new ProvisionReport.Time("Vpc", "AWS::EC2::VPC", 10),
                        new ProvisionReport.Time("Media", "AWS::S3::Bucket", 10));
    }

    /** The load balancer's logs stayed behind every creation that failed after it. */
    @Test
    void removesTheLogsOfAFailedCreationAndNothingElse() {
        buckets.hold("shop-logs", "AWSLogs/1/ELBAccessLogTestFile").hold("shop-media", "AWSLogs/1/a", "theirs");
        take();
        take();
        stack.tells(FakeStack.NAME, "AWS::CloudFormation::Stack", ResourceStatus.CREATE_IN_PROGRESS, "User Initiated")
                .tells("Alb", "AWS::ElasticLoadBalancingV2::LoadBalancer", ResourceStatus.CREATE_FAILED, "a quota")
                .keeps("AccessLogs", "AWS::S3::Bucket", "shop-logs")
                .keeps("Media", "AWS::S3::Bucket", "shop-media")
                .keeps("Gone", "AWS::S3::Bucket", "shop-gone")
                .is(StackStatus.ROLLBACK_COMPLETE);
        take();
        assertThat(buckets.keys()).containsOnly(Map.entry("shop-media", List.of("theirs")));
        assertThat(stack.status()).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
    }

    /** A step that died between writing down the failure and removing the stack waited for it until the state's time was over. */
    @Test
    void removesAFailedCreationThoughItDiedBeforeIt() {
        failed();
        stack.is(StackStatus.ROLLBACK_COMPLETE);
        assertThat(take()).isFalse();
        assertThat(stack.status()).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
    }

    @Test
    void tellsBothWhatFailedAndWhatStaysOfIt() {
        failed();
        stack.tells(FakeStack.NAME, "AWS::CloudFormation::Stack", ResourceStatus.DELETE_IN_PROGRESS, "User Initiated")
                .tells("Vpc", "AWS::EC2::VPC", ResourceStatus.DELETE_FAILED, "has dependencies")
                .is(StackStatus.DELETE_FAILED);
        assertThatThrownBy(this::take)
                .hasMessageContaining("but Media (AWS::S3::Bucket) failed: media already exists; then it could not be"
                        + " removed: Vpc (AWS::EC2::VPC) failed: has dependencies");
    }

    private void failed() {
        take();
        take();
        stack.tells(FakeStack.NAME, "AWS::CloudFormation::Stack", ResourceStatus.CREATE_IN_PROGRESS, "User Initiated")
                .tells("Media", "AWS::S3::Bucket", ResourceStatus.CREATE_FAILED, "media already exists")
                .is(StackStatus.ROLLBACK_COMPLETE);
        take();
    }

    @Test
    void removesTheStackOfARefusedTemplateToo() {
        stack.refusesTheChangeSet("Template error: no such parameter");
        take();
        assertThat(take()).isFalse();
        stack.isGone();
        assertThatThrownBy(this::take).hasMessageContaining("refused (Template error: no such parameter)");
    }

    @Test
    void keepsAStackWhoseUpdateFailed() {
        stack.is(StackStatus.UPDATE_COMPLETE);
        take();
        take();
        stack.tells(FakeStack.NAME, "AWS::CloudFormation::Stack", ResourceStatus.UPDATE_IN_PROGRESS, "User Initiated")
                .tells("Service", "AWS::ECS::Service", ResourceStatus.UPDATE_FAILED, "a quota")
                .is(StackStatus.UPDATE_ROLLBACK_COMPLETE);
        assertThatThrownBy(this::take).hasMessageContaining("Service (AWS::ECS::Service) failed: a quota");
        assertThat(stack.status()).isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
    }

    @Test
    void removesWhatAnEarlierFailureLeftBeforeItBegins() {
        stack.is(StackStatus.ROLLBACK_COMPLETE);
        assertThat(take()).isFalse();
        assertThat(stack.status()).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
        assertThat(artifacts().text(ATTEMPT.provisioning())).isEmpty();
    }

    @Test
    void findsOutThatTheZoneIsNotOursBeforeAnythingIsMade() {
        artifacts()
                .write(
                        ATTEMPT.plan(),
                        ExamplePlan.of("shop").traffic(in("other.example")).plan());
        assertThatThrownBy(this::take)
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("hosted zone other.example but this account has no public one of that name");
        assertThat(stack.status()).isNull();
    }

    @Test
    void tellsWhereTheWorkersRunFromNowOn() {
        stack.has(Map.of("AppSecretArn", "arn", "ServicesSubnets", "subnet-1,subnet-2", "WorkersSecurityGroup", "sg-1"))
                .is(StackStatus.CREATE_COMPLETE)
                .refusesTheChangeSet("No updates are to be performed.");
        take();
        ProvisionTarget.Output output = step().take(new ProvisionTarget.Input("shop", 3));
        assertThat(output.subnets()).isEqualTo("subnet-1,subnet-2");
        assertThat(output.securityGroups()).isEqualTo("sg-1");
        assertThat(output.images()).as("the target has no repositories").isFalse();
    }

    @Test
    void makesCertificatesForCloudFrontInUsEast1BeforeTheTarget() {
        showsMediaFrom("eu-central-1");
        assertThat(take()).isFalse();
        assertThat(edge.templateBody()).contains("MediaCdnCertificate", "media.shop.example");
        assertThat(edge.tags()).containsEntry("slipway:app", "shop");
        assertThat(take()).isFalse();
        assertThat(edge.isExecuted()).isTrue();
        assertThat(stack.status()).as("nothing of the target yet").isNull();
        edge.has(Map.of("MediaCdnCertificate", "arn:aws:acm:us-east-1:1:certificate/1"))
                .is(StackStatus.CREATE_COMPLETE);
        assertThat(take()).isFalse();
        assertThat(artifacts().text(ATTEMPT.targetTemplate()).orElseThrow())
                .contains("\"MediaCdnCertificate\":{\"Type\":\"String\","
                        + "\"Default\":\"arn:aws:acm:us-east-1:1:certificate/1\"}");
    }

    @Test
    void makesNothingElsewhereForATargetInUsEast1() {
        showsMediaFrom("us-east-1");
        take();
        assertThat(edge.status()).isNull();
        assertThat(artifacts().text(ATTEMPT.targetTemplate()).orElseThrow())
                .contains("\"MediaCdnCertificate\":{\"Type\":\"AWS::CertificateManager::Certificate\"");
    }

    @Test
    void removesTheCertificatesOfATargetThatCouldNotBeMade() {
        showsMediaFrom("eu-central-1");
        take();
        take();
        edge.is(StackStatus.CREATE_COMPLETE);
        take();
        stack.refusesTheChangeSet("Template error: no such parameter");
        take();
        stack.isGone();
        assertThat(take()).as("the certificates are being removed").isFalse();
        assertThat(edge.status()).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
        edge.isGone();
        assertThatThrownBy(this::take).hasMessageContaining("refused (Template error: no such parameter)");
    }

    @Test
    void leavesADomainThatTheAccountsMailKnowsToWhoeverMadeIt() {
        sendsMailAs("known.example");
        take();
        assertThat(artifacts().text(ATTEMPT.targetTemplate()).orElseThrow()).doesNotContain("MailIdentity");
    }

    @Test
    void keepsADomainThatItMadeItself() {
        sendsMailAs("known.example");
        stack.is(StackStatus.CREATE_COMPLETE).holds("MailIdentity", "AWS::SES::EmailIdentity", "known.example");
        take();
        assertThat(artifacts().text(ATTEMPT.targetTemplate()).orElseThrow()).contains("MailIdentity");
    }

    @Test
    void makesADomainThatNobodyMade() {
        sendsMailAs("shop.example");
        take();
        assertThat(artifacts().text(ATTEMPT.targetTemplate()).orElseThrow()).contains("MailIdentity");
    }

    private void sendsMailAs(String domain) {
        artifacts()
                .write(
                        ATTEMPT.plan(),
                        ExamplePlan.of("shop")
                                .resources(List.of(new PlannedResource("AWS::SES::EmailIdentity", domain, "mail")))
                                .traffic(in(domain))
                                .plan());
    }

    private void showsMediaFrom(String region) {
        artifacts()
                .write(
                        ATTEMPT.plan(),
                        ExamplePlan.of("shop")
                                .region(region)
                                .stores(List.of(ExamplePlan.shown("media", "media.shop.example")))
                                .traffic(in("shop.example"))
                                .plan());
    }

    private static PlannedTraffic in(String zone) {
        return new PlannedTraffic(
                Optional.of(zone),
                Optional.of("www." + zone),
                List.of(100),
                1,
                0.01,
                Optional.empty(),
                Optional.empty(),
                1);
    }

    private boolean take() {
        return step().take(new ProvisionTarget.Input("shop", 3)).done();
    }

    private ProvisionTarget step() {
        return new ProvisionTarget(
                stack,
                edge,
                tasks,
                new HostedZones(new OneZone()),
                AccountProtectionTest.account(List.of()),
                new MailIdentities(new KnownDomains()),
                new FlatSecrets(new NoSecrets()),
                migrations,
                new LogBuckets(buckets),
                artifacts(),
                Settings.from(Map.of("TABLE", "t", "BUCKET", "b")),
                key -> "https://artifacts/" + key);
    }

    private ProvisionReport report() {
        return artifacts().read(ATTEMPT.provisioned(), ProvisionReport.class);
    }

    private JsonArtifacts artifacts() {
        return new JsonArtifacts(new FolderArtifacts(folder));
    }

    /** An account with a private zone of another name, and a public one. */
    private static final class OneZone implements Route53Client {
        @Override
        public ListHostedZonesByNameResponse listHostedZonesByName(ListHostedZonesByNameRequest request) {
            return ListHostedZonesByNameResponse.builder()
                    .hostedZones(
                            zone("other.example.", true), zone("shop.example.", false), zone("known.example.", false))
                    .build();
        }

        private static HostedZone zone(String name, boolean isPrivate) {
            return HostedZone.builder()
                    .name(name)
                    .id("/hostedzone/Z1")
                    .config(config -> config.privateZone(isPrivate))
                    .build();
        }

        @Override
        public String serviceName() {
            return "route53";
        }

        @Override
        public void close() {}
    }

    /** An account whose Amazon SES knows one domain. */
    private static final class KnownDomains implements SesV2Client {
        @Override
        public GetEmailIdentityResponse getEmailIdentity(GetEmailIdentityRequest request) {
            if (request.emailIdentity().equals("known.example")) {
                return GetEmailIdentityResponse.builder().build();
            }
            throw NotFoundException.builder().build();
        }

        @Override
        public String serviceName() {
            return "ses";
        }

        @Override
        public void close() {}
    }

    /** Takes any secret and has none. */
    private static final class NoSecrets implements SecretsManagerClient {
        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            throw ResourceNotFoundException.builder().build();
        }

        @Override
        public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
            return PutSecretValueResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "secretsmanager";
        }

        @Override
        public void close() {}
    }
}
