package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetTemplate;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.exception.AppNotFound;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.spec.Compute;
import dev.slipway.planning.Planner;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Reads the uploaded app, writes the plan, and stops at a blocker. Changes nothing else. */
public final class PlanMigration extends Step<PlanMigration.Input, PlanMigration.Output> {
    private final Migrations migrations;
    private final JsonArtifacts artifacts;
    private final Settings settings;

    public PlanMigration() {
        this(Settings.fromEnvironment());
    }

    private PlanMigration(Settings settings) {
        this(
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())),
                settings);
    }

    PlanMigration(Migrations migrations, JsonArtifacts artifacts, Settings settings) {
        super(Input.class);
        this.migrations = migrations;
        this.artifacts = artifacts;
        this.settings = settings;
    }

    /**
     * Which app, and what the execution's own input overrides.
     *
     * @param input the execution's input as it was given
     */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt,
            @JsonProperty(required = true) JsonNode input) {}

    /**
     * What the machine needs of the plan; the rest lies at {@code plan} in the artifacts.
     *
     * @param stores those to be copied
     * @param live whether the targets follow
     * @param computeFirst whether the traffic comes over before the writes do
     * @param weights of the new side, in order; none where no record leads to it
     * @param holdSeconds how long the way back stays open after a cutover; 0 where there is none
     */
    public record Output(
            String plan,
            List<PlannedWork.Store> stores,
            boolean live,
            boolean computeFirst,
            List<Integer> weights,
            long bakeSeconds,
            long holdSeconds,
            int pollSeconds) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        AppBundle bundle = uploaded(input.app());
        Plan plan =
                new Planner().plan(bundle.app(), Overrides.read(input.input()).apply(bundle.spec()));
        artifacts.write(attempt.plan(), plan);
        plan.requireUnblocked();
        requireOwnRegion(plan);
        if (plan.target().compute() == Compute.EKS) {
            keepManifests(attempt);
        }
        // What a stack does not take is known once it is written.
        TargetTemplate.of(new TargetSpec(plan, settings.encryptedCache()));
        migrations.advance(attempt, Set.of(Phase.STARTED), Phase.PLANNED);
        StepMetrics.put(input.app(), "StoresPlanned", plan.stores().size(), MetricUnit.COUNT);
        return new Output(
                attempt.plan(),
                PlannedWork.stores(plan),
                plan.isLive(),
                plan.isComputeFirst(),
                plan.traffic().record().isPresent() ? plan.traffic().weights() : List.of(),
                plan.traffic().everySeconds(),
                plan.isLive() ? plan.cutover().holdSeconds() : 0,
                settings.pollSeconds());
    }

    /** All that a migration makes and calls is where its pipeline is. */
    private void requireOwnRegion(Plan plan) {
        String wanted = plan.target().region();
        if (!wanted.equals(settings.region())) {
            throw new InvalidInput(
                    "plan the migration of " + plan.app(),
                    "its target.region is " + wanted + ", and this pipeline is in " + settings.region(),
                    "say 'target: {region: " + settings.region() + "}' in slipway.yaml, or deploy the pipeline in "
                            + wanted + ", and upload the app there");
        }
    }

    /** A later upload changes nothing of this attempt. */
    private void keepManifests(Attempt attempt) {
        String key = Attempt.uploadedManifests(attempt.app());
        artifacts.writeText(
                attempt.manifests(),
                artifacts
                        .text(key)
                        .orElseThrow(() -> new AppNotFound(
                                "read the manifests of " + attempt.app(),
                                "there is no " + artifacts.artifacts().location(key),
                                "upload the app again with 'slipway app put DIR', which brings them")));
    }

    private AppBundle uploaded(String app) {
        String folder = "apps/" + app + "/";
        String compose = artifacts
                .text(folder + "docker-compose.yml")
                .orElseThrow(() -> new AppNotFound(
                        "read the app " + app,
                        "there is no " + artifacts.artifacts().location(folder + "docker-compose.yml"),
                        "upload it with 'slipway app put DIR'"));
        return AppFiles.readUploaded(
                app, compose, artifacts.text(folder + "slipway.yaml").orElse(""));
    }
}
