package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.s3.S3Client;

/** Starts the new side's services, and is done when every one runs, is healthy to the load balancer and answers a request. */
public final class DeployServices extends Step<DeployServices.Input, DeployServices.Output> {
    private final EcsClient ecs;
    private final ElasticLoadBalancingV2Client balancers;
    private final SmokeTest smoke;
    private final Migrations migrations;
    private final JsonArtifacts artifacts;

    public DeployServices() {
        this(Settings.fromEnvironment());
    }

    private DeployServices(Settings settings) {
        this(
                Clients.of(EcsClient.builder()),
                Clients.of(ElasticLoadBalancingV2Client.builder()),
                new SmokeTest(),
                new MigrationTable(Clients.of(DynamoDbClient.builder()), settings.table()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())));
    }

    DeployServices(
            EcsClient ecs,
            ElasticLoadBalancingV2Client balancers,
            SmokeTest smoke,
            Migrations migrations,
            JsonArtifacts artifacts) {
        super(Input.class);
        this.ecs = ecs;
        this.balancers = balancers;
        this.smoke = smoke;
        this.migrations = migrations;
        this.artifacts = artifacts;
    }

    /** Which attempt's services. */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt) {}

    /** Whether each service is healthy, and if not, what is awaited. */
    public record Output(boolean done, String awaited) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Plan plan = artifacts.read(attempt.plan(), Plan.class);
        TargetOutputs target = artifacts.read(attempt.target(), TargetOutputs.class);
        List<String> awaited = plan.services().stream()
                .filter(service -> !isHealthy(service, target))
                .map(PlannedService::name)
                .toList();
        if (!awaited.isEmpty()) {
            return new Output(false, String.join(", ", awaited));
        }
        plan.services().forEach(service -> smoke.test(service, target.value("LoadBalancerDnsName")));
        migrations.advance(attempt, Set.of(Phase.VERIFIED), Phase.DEPLOYED);
        return new Output(true, "");
    }

    private boolean isHealthy(PlannedService planned, TargetOutputs target) {
        String cluster = target.value("ClusterName");
        String name = target.value(LogicalName.of(planned.name()) + "Service");
        Service service = describe(cluster, name);
        if (service.desiredCount() != planned.count()) {
            ecs.updateService(request -> request.cluster(cluster).service(name).desiredCount(planned.count()));
            return false;
        }
        refuseFailed(planned, service);
        return service.runningCount() >= planned.count() && isHealthyToLoadBalancer(planned, target);
    }

    private Service describe(String cluster, String name) {
        return ecs.describeServices(request -> request.cluster(cluster).services(name)).services().stream()
                .findFirst()
                .orElseThrow(() -> new DeployFailed(
                        "start the service " + name,
                        "the cluster has none of that name",
                        "provision the target again"));
    }

    private static void refuseFailed(PlannedService planned, Service service) {
        service.deployments().stream()
                .filter(deployment -> deployment.rolloutState() == DeploymentRolloutState.FAILED)
                .map(Deployment::rolloutStateReason)
                .findFirst()
                .ifPresent(reason -> {
                    throw new DeployFailed(
                            "start the service " + planned.name(), reason, "read its log; all stays on the source");
                });
    }

    private boolean isHealthyToLoadBalancer(PlannedService planned, TargetOutputs target) {
        if (planned.paths().isEmpty()) {
            return true;
        }
        String group = target.value(LogicalName.of(planned.name()) + "TargetGroupArn");
        long healthy =
                balancers
                        .describeTargetHealth(request -> request.targetGroupArn(group))
                        .targetHealthDescriptions()
                        .stream()
                        .filter(found -> found.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
                        .count();
        return healthy >= planned.count();
    }
}
