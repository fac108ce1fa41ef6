package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.kubernetes.Rollout;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.spec.Compute;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Stops the new side's services; where no target was made there is nothing to do. */
public final class StopServices extends Step<StopServices.Input, StopServices.Output> {
    private final EcsClient ecs;
    private final ServiceScaling scaling;
    private final Rollouts rollouts;
    private final JsonArtifacts artifacts;

    public StopServices() {
        this(Settings.fromEnvironment());
    }

    private StopServices(Settings settings) {
        this(
                Clients.of(EcsClient.builder()),
                new ServiceScaling(Clients.of(ApplicationAutoScalingClient.builder())),
                EksRollouts.inAccount(),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())));
    }

    StopServices(EcsClient ecs, ServiceScaling scaling, Rollouts rollouts, JsonArtifacts artifacts) {
        super(Input.class);
        this.ecs = ecs;
        this.scaling = scaling;
        this.rollouts = rollouts;
        this.artifacts = artifacts;
    }

    /** Which attempt's services. */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt) {}

    /** The services that were told to stop. */
    public record Output(List<String> stopped) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        List<String> services = artifacts
                .find(attempt.target(), TargetOutputs.class)
                .map(target -> stop(target, artifacts.read(attempt.plan(), Plan.class)))
                .orElse(List.of());
        return new Output(services);
    }

    private List<String> stop(TargetOutputs target, Plan plan) {
        return switch (plan.target().compute()) {
            case EKS -> stopPods(target, plan);
            case SERVERS -> List.of();
            case FARGATE, NONE -> stopTasks(target, plan);
        };
    }

    private List<String> stopPods(TargetOutputs target, Plan plan) {
        try (Rollout rollout = rollouts.open(target, plan.app())) {
            return rollout.stop();
        }
    }

    private List<String> stopTasks(TargetOutputs target, Plan plan) {
        scaling.hold(plan, target);
        List<String> services = Stream.concat(
                        plan.services().stream()
                                .map(PlannedService::name)
                                .map(name -> target.value(LogicalName.of(name) + "Service")),
                        Stream.ofNullable(target.values().get("CollectorService")))
                .toList();
        services.forEach(service -> ecs.updateService(request ->
                request.cluster(target.value("ClusterName")).service(service).desiredCount(0)));
        return services;
    }
}
