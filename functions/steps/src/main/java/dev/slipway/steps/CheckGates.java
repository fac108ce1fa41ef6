package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.ShiftDecision;
import dev.slipway.migration.ShiftDecision.Decision;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.GateFailed;
import dev.slipway.migration.plan.Plan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Reads what the load balancer measured since the weight was set, and decides: GO, WAIT where nothing was measured yet, or it throws
 * GateFailed. Missing measurements are never taken for health.
 */
public final class CheckGates extends Step<CheckGates.Input, CheckGates.Output> {
    private static final int LOOKS_AT_MISSING = 3;
    private static final int ALL_TRAFFIC = 100;

    private final LoadBalancerMeasurements measurements;
    private final Migrations migrations;
    private final JsonArtifacts artifacts;
    private final InstantSource clock;

    public CheckGates() {
        this(Settings.fromEnvironment());
    }

    private CheckGates(Settings settings) {
        this(
                new CloudWatchMeasurements(Clients.of(CloudWatchClient.builder())),
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())),
                InstantSource.system());
    }

    CheckGates(
            LoadBalancerMeasurements measurements,
            Migrations migrations,
            JsonArtifacts artifacts,
            InstantSource clock) {
        super(Input.class);
        this.measurements = measurements;
        this.migrations = migrations;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /**
     * Which weight has been baked.
     *
     * @param since when it was set
     * @param turned whether the stores have turned
     * @param look which look at this weight it is, from 1
     */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt,
            @JsonProperty(required = true) int weight,
            @JsonProperty(required = true) boolean turned,
            @JsonProperty(required = true) Instant since,
            @JsonProperty(required = true) int look) {}

    /** GO or WAIT, and the numbers. */
    public record Output(Decision decision, long requests, long errors) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        String loadBalancer = Outputs.loadBalancer(artifacts.read(attempt.target(), TargetOutputs.class));
        ShiftDecision decision = decide(
                input, plan.traffic().errorShare(), measurements.between(loadBalancer, input.since(), clock.instant()));
        artifacts.write(attempt.decision(decision.at().toString()), decision);
        StepMetrics.put(input.app(), "NewSideErrorShare", 100 * decision.errorShare(), MetricUnit.PERCENT);
        if (decision.decision() == Decision.STOP) {
            throw new GateFailed(
                    "raise the new side's weight above " + input.weight() + " %",
                    decision.reason(),
                    "read the new side's logs; all traffic goes back to the source");
        }
        if (decision.decision() == Decision.GO && input.weight() == ALL_TRAFFIC && !input.turned()) {
            migrations.advance(attempt, Set.of(Phase.SHIFTING), Phase.SHIFTED);
        }
        return new Output(decision.decision(), decision.requests(), decision.errors());
    }

    private ShiftDecision decide(Input input, double allowed, LoadBalancerMeasurements.Measured measured) {
        boolean missing = measured.requests() == 0;
        boolean tooManyErrors = !missing && (double) measured.errors() / measured.requests() > allowed;
        Decision decision = missing
                ? input.look() < LOOKS_AT_MISSING ? Decision.WAIT : Decision.STOP
                : tooManyErrors ? Decision.STOP : Decision.GO;
        return new ShiftDecision(
                clock.instant(),
                input.weight(),
                decision,
                measured.requests(),
                measured.errors(),
                measured.refusals(),
                reason(missing, measured, allowed));
    }

    private static String reason(boolean missing, LoadBalancerMeasurements.Measured measured, double allowed) {
        return missing
                ? "the load balancer reported no request since the weight was set"
                : "%d of %d requests were server errors, %.2f %% where %.2f %% are allowed"
                        .formatted(
                                measured.errors(),
                                measured.requests(),
                                100.0 * measured.errors() / measured.requests(),
                                100 * allowed);
    }
}
