package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.HostedZones;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.EdgeTemplate;
import dev.slipway.blueprints.ServiceEnvironment;
import dev.slipway.blueprints.TargetEndpoints;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetTemplate;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Makes the target's stack from the plan, one short step at a time, and is done when its outputs are written down. */
public final class ProvisionTarget extends Step<ProvisionTarget.Input, ProvisionTarget.Output> {
    private final CloudFormationClient cloudFormation;
    private final CloudFormationClient edge;
    private final EcsClient ecs;
    private final HostedZones zones;
    private final AccountProtection protection;
    private final MailIdentities mail;
    private final FlatSecrets secrets;
    private final Migrations migrations;
    private final LogBuckets logBuckets;
    private final JsonArtifacts artifacts;
    private final Settings settings;
    private final UnaryOperator<String> address;

    public ProvisionTarget() {
        this(Settings.fromEnvironment());
    }

    private ProvisionTarget(Settings settings) {
        this(settings, Clients.of(S3Client.builder()));
    }

    private ProvisionTarget(Settings settings, S3Client s3) {
        this(
                Clients.of(CloudFormationClient.builder()),
                Clients.of(CloudFormationClient.builder().region(Region.of(EdgeTemplate.REGION))),
                Clients.of(EcsClient.builder()),
                new HostedZones(Clients.of(Route53Client.builder())),
                new AccountProtection(
                        Clients.of(CloudFormationClient.builder()),
                        Clients.of(GuardDutyClient.builder()),
                        Clients.of(CloudTrailClient.builder()),
                        Clients.of(ConfigClient.builder())),
                new MailIdentities(Clients.of(SesV2Client.builder())),
                new FlatSecrets(Clients.of(SecretsManagerClient.builder())),
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new LogBuckets(s3),
                new JsonArtifacts(new S3Artifacts(s3, settings.bucket())),
                settings,
                new S3Artifacts(s3, settings.bucket())::url);
    }

    /**
     * @param edge where CloudFront's certificates are
     * @param address the URL of an artifact, from which CloudFormation reads it
     */
    ProvisionTarget(
            CloudFormationClient cloudFormation,
            CloudFormationClient edge,
            EcsClient ecs,
            HostedZones zones,
            AccountProtection protection,
            MailIdentities mail,
            FlatSecrets secrets,
            Migrations migrations,
            LogBuckets logBuckets,
            JsonArtifacts artifacts,
            Settings settings,
            UnaryOperator<String> address) {
        super(Input.class);
        this.cloudFormation = cloudFormation;
        this.edge = edge;
        this.ecs = ecs;
        this.zones = zones;
        this.protection = protection;
        this.mail = mail;
        this.secrets = secrets;
        this.migrations = migrations;
        this.logBuckets = logBuckets;
        this.artifacts = artifacts;
        this.settings = settings;
        this.address = address;
    }

    /** Which attempt's target. */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt) {}

    /**
     * Whether the target is there.
     *
     * @param subnets where workers run from now on, with commas between them; empty: where they ran before
     * @param securityGroups theirs, in the same way
     * @param images whether images are to be copied into it
     */
    public record Output(boolean done, String subnets, String securityGroups, boolean images) {
        private static final Output UNDER_WAY = new Output(false, "", "", false);

        private static Output of(Plan plan, TargetOutputs target) {
            WorkerNetwork network = WorkerNetwork.of(target);
            return new Output(
                    true, network.subnets(), network.securityGroups(), PlannedWork.copiesImages(plan, target));
        }
    }

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        TargetStack stack =
                new TargetStack(cloudFormation, TargetStack.nameOf(plan.app()), settings.provisioningRole());
        EdgeStack beside = new EdgeStack(edge, plan, settings.provisioningRole());
        StackChange change =
                new StackChange(artifacts, stack, logBuckets::remove, attempt.provisioning(), attempt.provisioned());
        if (!change.isBegun()) {
            begin(attempt, spec(plan, stack), stack, beside, change);
            return Output.UNDER_WAY;
        }
        return switch (change.advance()) {
            case StackChange.Progress.UnderWay underWay -> Output.UNDER_WAY;
            case StackChange.Progress.Made made -> finish(attempt, plan, made.outputs());
            case StackChange.Progress.Gone gone -> {
                if (beside.remove(attempt, artifacts)) {
                    throw gone.failure();
                }
                yield Output.UNDER_WAY;
            }
        };
    }

    /** The target is told what lies at the edge, so that comes first. */
    private void begin(Attempt attempt, TargetSpec spec, TargetStack stack, EdgeStack beside, StackChange change) {
        Map<String, String> tags = Map.of("slipway:app", spec.plan().app(), "slipway:migration", attempt.app());
        beside.make(attempt, spec, artifacts, tags).ifPresent(outputs -> {
            TargetSpec whole = spec.withEdge(outputs.values());
            artifacts.writeText(attempt.targetTemplate(), TargetTemplate.of(whole));
            if (spec.plan().isComputeFirst()) {
                artifacts.writeText(attempt.settledTemplate(), TargetTemplate.of(whole.withoutForerunners()));
            }
            artifacts.write(attempt.earlierServices(), EarlierServices.of(ecs, services(stack)));
            change.begin(
                    "slipway-" + attempt.number(),
                    request -> request.templateURL(address.apply(attempt.targetTemplate())),
                    tags);
        });
    }

    /** Those of a stack that is there already; nothing changes it between this look and the change set. */
    private static List<String> services(TargetStack stack) {
        return stack.isWhole()
                ? stack.resources().values().stream()
                        .filter(resource -> resource.type().equals("AWS::ECS::Service"))
                        .map(TargetStack.Resource::id)
                        .toList()
                : List.of();
    }

    private TargetSpec spec(Plan plan, TargetStack stack) {
        TargetSpec bare = new TargetSpec(plan, settings.encryptedCache());
        TargetSpec spec = bare.withPresent(protection.presentBeside(
                        stack.name(), Set.copyOf(plan.target().protection())))
                .withMailKnown(bare.mailDomain()
                        .filter(domain -> mail.hasBeside(stack, domain))
                        .isPresent());
        // Found out before anything is made: a certificate is validated in it, and the traffic is shifted there.
        return plan.traffic().zone().map(zones::id).map(spec::withHostedZone).orElse(spec);
    }

    private Output finish(Attempt attempt, Plan plan, TargetOutputs outputs) {
        if (!plan.target().isOnServers()) {
            fillSecret(plan, outputs);
        }
        artifacts.write(attempt.target(), outputs);
        migrations.advance(attempt, Set.of(Phase.PLANNED), Phase.PROVISIONED);
        return Output.of(plan, outputs);
    }

    /** What the services are given by reference. */
    private void fillSecret(Plan plan, TargetOutputs outputs) {
        Map<String, String> values = new TreeMap<>(secrets.find(plan.secret()).orElse(Map.of()));
        TargetEndpoints endpoints = new TargetEndpoints(outputs, secrets::read);
        plan.stores().stream()
                .filter(store -> store.role() != StoreRole.LEAVE)
                .forEach(store -> values.putAll(endpoints.forApp(store).values()));
        secrets.write(outputs.value("AppSecretArn"), new ServiceEnvironment(plan).secretValues(values));
    }
}
