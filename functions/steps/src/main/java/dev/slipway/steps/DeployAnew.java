package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Deploys every service of an app anew, whatever revision it runs by now and however often, so that its tasks read the app's secret again.
 * It is done when each is steady and healthy. One that somebody deploys meanwhile is waited for as well.
 */
public final class DeployAnew extends Step<DeployAnew.Input, DeployAnew.Output> {
    private final EcsClient ecs;
    private final ElasticLoadBalancingV2Client balancers;
    private final TaskLog log;
    private final Turns turns;
    private final JsonArtifacts artifacts;

    public DeployAnew() {
        this(Settings.fromEnvironment());
    }

    private DeployAnew(Settings settings) {
        this(
                Clients.of(EcsClient.builder()),
                Clients.of(ElasticLoadBalancingV2Client.builder()),
                Clients.of(CloudWatchLogsClient.builder()),
                new TurnTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())));
    }

    DeployAnew(
            EcsClient ecs,
            ElasticLoadBalancingV2Client balancers,
            CloudWatchLogsClient logs,
            Turns turns,
            JsonArtifacts artifacts) {
        super(Input.class);
        this.ecs = ecs;
        this.balancers = balancers;
        this.log = new TaskLog(ecs, logs);
        this.turns = turns;
        this.artifacts = artifacts;
    }

    /**
     * Which turn's services.
     *
     * @param execution that holds the turn
     * @param back whether it is the way back
     */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) String execution,
            @JsonProperty(required = true) boolean back) {}

    /** Whether each service is steady and healthy, and if not, which are awaited. */
    public record Output(boolean done, String awaited) {}

    @Override
    protected Output take(Input input) {
        Turn.Stage stage = input.back() ? Turn.Stage.RETURNING : Turn.Stage.GIVEN;
        Turn turn = turns.require(input.app(), input.execution(), Set.of(stage));
        Attempt attempt = new Attempt(input.app(), turn.attempt());
        List<PlannedService> services =
                artifacts.read(attempt.plan(), Plan.class).services();
        ServiceStart start =
                new ServiceStart(ecs, balancers, log, artifacts.read(attempt.target(), TargetOutputs.class));
        String key = attempt.turn(turn.number(), input.back());
        Redeployment begun =
                artifacts.find(key, Redeployment.class).orElseGet(() -> begin(services, start, input.back(), key));
        String awaited = services.stream()
                .filter(service -> !new ServiceTurn(start, service, input.back()).isSteady(begun.of(service)))
                .map(PlannedService::name)
                .collect(Collectors.joining(", "));
        return new Output(awaited.isEmpty(), awaited);
    }

    /** Cut off in between, it begins again: another deployment is no harm. */
    private Redeployment begin(List<PlannedService> services, ServiceStart start, boolean back, String key) {
        List<String> earlier = new ClusterTasks(ecs, start.cluster()).alive();
        Redeployment begun = new Redeployment(
                earlier,
                services.stream()
                        .collect(Collectors.toMap(
                                PlannedService::name, service -> new ServiceTurn(start, service, back).begin())));
        artifacts.write(key, begun);
        return begun;
    }
}
