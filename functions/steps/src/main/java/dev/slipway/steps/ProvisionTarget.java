package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.TargetEndpoints;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Makes the target's stack from the plan, one short step at a time, and is done when its outputs are written down. */
public final class ProvisionTarget extends Step<ProvisionTarget.Input, ProvisionTarget.Output> {
    private final CloudFormationClient cloudFormation;
    private final FlatSecrets secrets;
    private final Migrations migrations;
    private final JsonArtifacts artifacts;
    private final Settings settings;

    public ProvisionTarget() {
        this(Settings.fromEnvironment());
    }

    private ProvisionTarget(Settings settings) {
        this(
                Clients.of(CloudFormationClient.builder()),
                new FlatSecrets(Clients.of(SecretsManagerClient.builder())),
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())),
                settings);
    }

    ProvisionTarget(
            CloudFormationClient cloudFormation,
            FlatSecrets secrets,
            Migrations migrations,
            JsonArtifacts artifacts,
            Settings settings) {
        super(Input.class);
        this.cloudFormation = cloudFormation;
        this.secrets = secrets;
        this.migrations = migrations;
        this.artifacts = artifacts;
        this.settings = settings;
    }

    /** Which attempt's target. */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt) {}

    /** Whether the target is there. */
    public record Output(boolean done) {}

    /** Written when an attempt's change has begun. */
    record Begun(String changeSet) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        TargetStack stack = new TargetStack(cloudFormation, "slipway-" + plan.app(), settings.provisioningRole());
        String note = attempt.folder() + "provision.json";
        Optional<Begun> begun = artifacts.find(note, Begun.class);
        if (begun.isEmpty()) {
            begin(attempt, plan, stack, note);
            return new Output(false);
        }
        if (stack.advance(begun.get().changeSet()) == TargetStack.Progress.UNDER_WAY) {
            return new Output(false);
        }
        finish(attempt, plan, stack.outputs());
        return new Output(true);
    }

    private void begin(Attempt attempt, Plan plan, TargetStack stack, String note) {
        ServiceEnvironment environment = new ServiceEnvironment(plan);
        String secretArn =
                secrets.ensure(environment.secretName(), "What the services of " + plan.app() + " need on the target");
        String template = TargetSpecs.template(plan, environment, secretArn, settings.encryptedCache());
        String changeSet = "slipway-" + attempt.number();
        artifacts.write(attempt.folder() + "target-template.json", template);
        if (stack.begin(changeSet, template, plan.app())) {
            artifacts.write(note, new Begun(changeSet));
        }
    }

    private void finish(Attempt attempt, Plan plan, TargetOutputs outputs) {
        Map<String, String> values = new TreeMap<>(secrets.find(plan.secret()).orElse(Map.of()));
        TargetEndpoints endpoints = new TargetEndpoints(outputs, secrets::read);
        plan.stores().stream()
                .filter(store -> store.role() != StoreRole.LEAVE)
                .forEach(store -> values.putAll(endpoints.forApp(store).values()));
        ServiceEnvironment environment = new ServiceEnvironment(plan);
        secrets.write(environment.secretName(), environment.secretValues(values));
        artifacts.write(attempt.target(), outputs);
        migrations.advance(attempt, Set.of(Phase.PLANNED), Phase.PROVISIONED);
    }
}
