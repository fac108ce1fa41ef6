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
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Stops the new side's services; one that ran before the attempt runs what it ran then. Where no target was made there is nothing to
 * do.
 */
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

    /**
     * What became of the services.
     *
     * @param returned those that run what they ran before the attempt
     */
    public record Output(List<String> stopped, List<String> returned) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Optional<TargetOutputs> target = artifacts.find(attempt.target(), TargetOutputs.class);
        target.ifPresent(made -> hold(made, artifacts.read(attempt.plan(), Plan.class)));
        List<String> returned = artifacts
                .find(attempt.earlierServices(), EarlierServices.class)
                .map(earlier -> earlier.putBack(ecs))
                .orElse(List.of());
        List<String> stopped = target.map(made -> stop(made, artifacts.read(attempt.plan(), Plan.class), returned))
                .orElse(List.of());
        return new Output(stopped, returned);
    }

    private void hold(TargetOutputs target, Plan plan) {
        if (plan.target().compute() == Compute.FARGATE) {
            scaling.hold(plan, target);
        }
    }

    private List<String> stop(TargetOutputs target, Plan plan, List<String> returned) {
        return switch (plan.target().compute()) {
            case EKS -> stopPods(target, plan);
            case SERVERS -> List.of();
            case FARGATE, NONE -> stopTasks(target, plan, returned);
        };
    }

    private List<String> stopPods(TargetOutputs target, Plan plan) {
        try (Rollout rollout = rollouts.open(target, plan.app())) {
            return rollout.stop();
        }
    }

    private List<String> stopTasks(TargetOutputs target, Plan plan, List<String> returned) {
        Stream<String> lasting = plan.services().stream()
                .map(PlannedService::name)
                .map(name -> target.value(LogicalName.of(name) + "Service"));
        Stream<String> collector = Stream.ofNullable(target.values().get("CollectorService"));
        return Stream.of(lasting, forerunners(target, plan), collector)
                .flatMap(services -> services)
                .filter(service -> !returned.contains(service))
                .filter(service -> stop(target.value("ClusterName"), service))
                .toList();
    }

    /** Whether it was there: forerunners may have been removed since. */
    private boolean stop(String cluster, String service) {
        try {
            ecs.updateService(
                    request -> request.cluster(cluster).service(service).desiredCount(0));
            return true;
        } catch (ServiceNotFoundException | ServiceNotActiveException gone) {
            return false;
        }
    }

    /** None where a cutover has removed them. */
    private static Stream<String> forerunners(TargetOutputs target, Plan plan) {
        return plan.doubled().stream()
                .map(service -> LogicalName.of(service.forerunner().name()) + "Service")
                .flatMap(name -> Stream.ofNullable(target.values().get(name)));
    }
}
