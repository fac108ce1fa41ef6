package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.ForwardRules;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.ForerunnerGroups;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Takes the services off the target that used the stores of the source, and what they knew of these, one short step at a time. */
public final class RemoveForerunners extends Step<RemoveForerunners.Input, RemoveForerunners.Output> {
    private final CloudFormationClient cloudFormation;
    private final ElasticLoadBalancingV2Client balancers;
    private final FlatSecrets secrets;
    private final LogBuckets logBuckets;
    private final JsonArtifacts artifacts;
    private final Settings settings;
    private final UnaryOperator<String> address;

    public RemoveForerunners() {
        this(Settings.fromEnvironment(), Clients.of(S3Client.builder()));
    }

    private RemoveForerunners(Settings settings, S3Client s3) {
        this(
                Clients.of(CloudFormationClient.builder()),
                Clients.of(ElasticLoadBalancingV2Client.builder()),
                new FlatSecrets(Clients.of(SecretsManagerClient.builder())),
                new LogBuckets(s3),
                new JsonArtifacts(new S3Artifacts(s3, settings.bucket())),
                settings,
                new S3Artifacts(s3, settings.bucket())::url);
    }

    /** @param address the URL of an artifact, from which CloudFormation reads it */
    RemoveForerunners(
            CloudFormationClient cloudFormation,
            ElasticLoadBalancingV2Client balancers,
            FlatSecrets secrets,
            LogBuckets logBuckets,
            JsonArtifacts artifacts,
            Settings settings,
            UnaryOperator<String> address) {
        super(Input.class);
        this.cloudFormation = cloudFormation;
        this.balancers = balancers;
        this.secrets = secrets;
        this.logBuckets = logBuckets;
        this.artifacts = artifacts;
        this.settings = settings;
        this.address = address;
    }

    /** Which attempt's. */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt) {}

    /** Whether they are gone. */
    public record Output(boolean done) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        TargetStack stack =
                new TargetStack(cloudFormation, TargetStack.nameOf(plan.app()), settings.provisioningRole());
        StackChange change =
                new StackChange(artifacts, stack, logBuckets::remove, attempt.settling(), attempt.settled());
        if (!change.isBegun()) {
            change.begin(
                    "slipway-" + attempt.number() + "-settled",
                    request -> request.templateURL(address.apply(attempt.settledTemplate())),
                    Map.of());
            return new Output(false);
        }
        return new Output(isDone(attempt, plan, change));
    }

    private boolean isDone(Attempt attempt, Plan plan, StackChange change) {
        try {
            return switch (change.advance()) {
                case StackChange.Progress.UnderWay underWay -> false;
                case StackChange.Progress.Made made -> {
                    finish(attempt, plan, made.outputs());
                    yield true;
                }
                case StackChange.Progress.Gone gone -> throw gone.failure();
            };
        } finally {
            // A change that CloudFormation takes back gives each rule what it knows of it: the weights of before the
            // cutover.
            ForwardRules.find(
                            balancers, ForerunnerGroups.of(plan, artifacts.read(attempt.target(), TargetOutputs.class)))
                    .leadToTheTarget();
        }
    }

    private void finish(Attempt attempt, Plan plan, TargetOutputs outputs) {
        artifacts.write(attempt.target(), outputs);
        Set<String> names = plan.doubled().stream()
                .map(PlannedService::forerunner)
                .map(PlannedService::name)
                .collect(Collectors.toSet());
        Map<String, String> kept = new TreeMap<>(secrets.read(outputs.value("AppSecretArn")));
        kept.keySet().removeIf(key -> names.stream().anyMatch(name -> key.startsWith(name + ".")));
        secrets.write(outputs.value("AppSecretArn"), kept);
    }
}
