package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.ServiceEnvironment;
import dev.slipway.blueprints.TargetEndpoints;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetTemplate;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.ProvisionFailed;
import dev.slipway.migration.plan.Plan;
import dev.slipway.report.ProvisionReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Makes the target's stack from the plan, one short step at a time, and is done when its outputs are written down. */
public final class ProvisionTarget extends Step<ProvisionTarget.Input, ProvisionTarget.Output> {
    private final CloudFormationClient cloudFormation;
    private final HostedZones zones;
    private final AccountProtection protection;
    private final FlatSecrets secrets;
    private final Migrations migrations;
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
                new HostedZones(Clients.of(Route53Client.builder())),
                new AccountProtection(
                        Clients.of(CloudFormationClient.builder()),
                        Clients.of(GuardDutyClient.builder()),
                        Clients.of(CloudTrailClient.builder()),
                        Clients.of(ConfigClient.builder())),
                new FlatSecrets(Clients.of(SecretsManagerClient.builder())),
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(s3, settings.bucket())),
                settings,
                new S3Artifacts(s3, settings.bucket())::url);
    }

    /** @param address the URL of an artifact, from which CloudFormation reads it */
    ProvisionTarget(
            CloudFormationClient cloudFormation,
            HostedZones zones,
            AccountProtection protection,
            FlatSecrets secrets,
            Migrations migrations,
            JsonArtifacts artifacts,
            Settings settings,
            UnaryOperator<String> address) {
        super(Input.class);
        this.cloudFormation = cloudFormation;
        this.zones = zones;
        this.protection = protection;
        this.secrets = secrets;
        this.migrations = migrations;
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

    /**
     * Written when an attempt's change has begun.
     *
     * @param failed why it failed, while what is left of it is being removed
     */
    record Begun(String changeSet, Optional<String> failed) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        TargetStack stack = new TargetStack(cloudFormation, plan.app(), settings.provisioningRole());
        Optional<Begun> begun = artifacts.find(attempt.provisioning(), Begun.class);
        if (begun.isEmpty()) {
            begin(attempt, plan, stack);
            return Output.UNDER_WAY;
        }
        if (begun.get().failed().isPresent()) {
            refuseOnceGone(stack, begun.get().failed().get());
            return Output.UNDER_WAY;
        }
        return advance(attempt, plan, stack, begun.get().changeSet());
    }

    private void begin(Attempt attempt, Plan plan, TargetStack stack) {
        artifacts.writeText(attempt.targetTemplate(), TargetTemplate.of(spec(plan, stack)));
        String changeSet = "slipway-" + attempt.number();
        Map<String, String> tags = Map.of("slipway:app", plan.app(), "slipway:migration", attempt.app());
        if (stack.begin(changeSet, address.apply(attempt.targetTemplate()), tags)) {
            artifacts.write(attempt.provisioning(), new Begun(changeSet, Optional.empty()));
        }
    }

    private TargetSpec spec(Plan plan, TargetStack stack) {
        TargetSpec spec = new TargetSpec(plan, settings.encryptedCache())
                .withPresent(protection.presentBeside(
                        stack.name(), Set.copyOf(plan.target().protection())));
        // Found out before anything is made: a certificate is validated in it, and the traffic is shifted there.
        return plan.traffic().zone().map(zones::id).map(spec::withHostedZone).orElse(spec);
    }

    private Output advance(Attempt attempt, Plan plan, TargetStack stack, String changeSet) {
        return switch (stack.look(changeSet)) {
            case StackProgress.UnderWay underWay -> Output.UNDER_WAY;
            case StackProgress.Ready ready -> {
                execute(attempt, stack, changeSet, ready.changes());
                yield Output.UNDER_WAY;
            }
            case StackProgress.Unchanged unchanged -> {
                artifacts.write(attempt.provisioned(), new ProvisionReport(stack.name(), List.of(), List.of()));
                yield finish(attempt, plan, stack.outputs());
            }
            case StackProgress.Complete complete -> {
                artifacts.write(
                        attempt.provisioned(), new ProvisionReport(stack.name(), changes(attempt), complete.times()));
                yield finish(attempt, plan, stack.outputs());
            }
            case StackProgress.Failed failed -> {
                giveUp(attempt, stack, changeSet, failed);
                yield Output.UNDER_WAY;
            }
        };
    }

    private void execute(Attempt attempt, TargetStack stack, String changeSet, List<ProvisionReport.Change> changes) {
        try {
            ChangeList.requireStoresKept(stack.name(), changes);
        } catch (ProvisionFailed refusal) {
            stack.drop(changeSet);
            throw refusal;
        }
        artifacts.write(attempt.provisioned(), new ProvisionReport(stack.name(), changes, List.of()));
        stack.execute(changeSet);
    }

    private List<ProvisionReport.Change> changes(Attempt attempt) {
        return artifacts
                .find(attempt.provisioned(), ProvisionReport.class)
                .map(ProvisionReport::changes)
                .orElse(List.of());
    }

    /** A stack that was never whole is empty after its rollback, and is removed before the failure is told. */
    private void giveUp(Attempt attempt, TargetStack stack, String changeSet, StackProgress.Failed failed) {
        if (!failed.unmade()) {
            throw stack.failed(failed.reason());
        }
        artifacts.write(attempt.provisioning(), new Begun(changeSet, Optional.of(failed.reason())));
        stack.delete();
    }

    private static void refuseOnceGone(TargetStack stack, String reason) {
        if (stack.isGone()) {
            throw stack.failed(reason);
        }
    }

    private Output finish(Attempt attempt, Plan plan, TargetOutputs outputs) {
        Map<String, String> values = new TreeMap<>(secrets.find(plan.secret()).orElse(Map.of()));
        TargetEndpoints endpoints = new TargetEndpoints(outputs, secrets::read);
        plan.stores().stream()
                .filter(store -> store.role() != StoreRole.LEAVE)
                .forEach(store -> values.putAll(endpoints.forApp(store).values()));
        secrets.write(outputs.value("AppSecretArn"), new ServiceEnvironment(plan).secretValues(values));
        artifacts.write(attempt.target(), outputs);
        migrations.advance(attempt, Set.of(Phase.PLANNED), Phase.PROVISIONED);
        return Output.of(plan, outputs);
    }
}
