package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.ForwardRules;
import dev.slipway.account.S3Artifacts;
import dev.slipway.account.TrafficRecord;
import dev.slipway.blueprints.ForerunnerGroups;
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
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Gives the new side its next weight. */
public final class ShiftWeights extends Step<ShiftWeights.Input, ShiftWeights.Output> {
    private final Route53Client route53;
    private final ElasticLoadBalancingV2Client balancers;
    private final Migrations migrations;
    private final JsonArtifacts artifacts;
    private final InstantSource clock;

    public ShiftWeights() {
        this(Settings.fromEnvironment());
    }

    private ShiftWeights(Settings settings) {
        this(
                Clients.of(Route53Client.builder()),
                Clients.of(ElasticLoadBalancingV2Client.builder()),
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())),
                InstantSource.system());
    }

    ShiftWeights(
            Route53Client route53,
            ElasticLoadBalancingV2Client balancers,
            Migrations migrations,
            JsonArtifacts artifacts,
            InstantSource clock) {
        super(Input.class);
        this.route53 = route53;
        this.balancers = balancers;
        this.migrations = migrations;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /**
     * The weight of the new side, in percent.
     *
     * @param turned whether the stores have turned, so that the target takes the writes
     */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt,
            @JsonProperty(required = true) int weight,
            @JsonProperty(required = true) boolean turned) {}

    /** Since when the weight stands. */
    public record Output(int weight, Instant since) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        advance(attempt, input.turned());
        TargetOutputs target = artifacts.read(attempt.target(), TargetOutputs.class);
        if (input.turned()) {
            ForwardRules.find(balancers, ForerunnerGroups.of(plan, target)).leadToTheTarget();
        }
        TrafficRecord record = TrafficRecord.of(route53, plan);
        record.shift(record.original(attempt, artifacts), TrafficRecord.NewSide.of(target), input.weight());
        Instant now = clock.instant();
        artifacts.write(
                attempt.decision(now.toString()),
                new ShiftDecision(now, input.weight(), ShiftDecision.Decision.RAISE, 0, 0, 0, "weight set"));
        StepMetrics.put(input.app(), "NewSideWeight", input.weight(), MetricUnit.PERCENT);
        return new Output(input.weight(), now);
    }

    /** Once the target takes the writes, that phase says more. */
    private void advance(Attempt attempt, boolean turned) {
        if (turned) {
            migrations.advance(attempt, Set.of(Phase.CUT_OVER), Phase.CUT_OVER);
        } else {
            migrations.advance(attempt, Set.of(Phase.DEPLOYED, Phase.SHIFTING), Phase.SHIFTING);
        }
    }
}
