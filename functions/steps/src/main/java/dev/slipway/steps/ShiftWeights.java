package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.account.TrafficRecord;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.ShiftDecision;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Gives the new side its next weight. */
public final class ShiftWeights extends Step<ShiftWeights.Input, ShiftWeights.Output> {
    private final Route53Client route53;
    private final Migrations migrations;
    private final JsonArtifacts artifacts;
    private final InstantSource clock;

    public ShiftWeights() {
        this(Settings.fromEnvironment());
    }

    private ShiftWeights(Settings settings) {
        this(
                Clients.of(Route53Client.builder()),
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())),
                InstantSource.system());
    }

    ShiftWeights(Route53Client route53, Migrations migrations, JsonArtifacts artifacts, InstantSource clock) {
        super(Input.class);
        this.route53 = route53;
        this.migrations = migrations;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /** The weight of the new side, in percent. */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt,
            @JsonProperty(required = true) int weight) {}

    /** Since when the weight stands. */
    public record Output(int weight, Instant since) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        advance(attempt, plan);
        TargetOutputs target = artifacts.read(attempt.target(), TargetOutputs.class);
        TrafficRecord record = TrafficRecord.of(route53, plan);
        record.shift(record.original(attempt, artifacts), TrafficRecord.NewSide.of(target), input.weight());
        Instant now = clock.instant();
        artifacts.write(
                attempt.decision(now.toString()),
                new ShiftDecision(now, input.weight(), ShiftDecision.Decision.RAISE, 0, 0, 0, "weight set"));
        StepMetrics.put(input.app(), "NewSideWeight", input.weight(), MetricUnit.PERCENT);
        return new Output(input.weight(), now);
    }

    /** Where the copy followed, the target takes the writes before the traffic comes, and that phase says more. */
    private void advance(Attempt attempt, Plan plan) {
        if (plan.isLive()) {
            migrations.advance(attempt, Set.of(Phase.CUT_OVER), Phase.CUT_OVER);
        } else {
            migrations.advance(attempt, Set.of(Phase.DEPLOYED, Phase.SHIFTING), Phase.SHIFTING);
        }
    }
}
