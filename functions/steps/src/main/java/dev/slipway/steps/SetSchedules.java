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
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.spec.Compute;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/**
 * Starts or stops the clocks of the target's jobs, and makes or removes the one that turns the app's logins; where no target was made,
 * or it has none, there is nothing to do.
 */
public final class SetSchedules extends Step<SetSchedules.Input, SetSchedules.Output> {
    private final SchedulerClient scheduler;
    private final RotationSchedule rotation;
    private final Rollouts rollouts;
    private final JsonArtifacts artifacts;

    public SetSchedules() {
        this(Settings.fromEnvironment());
    }

    private SetSchedules(Settings settings) {
        this(settings, Clients.of(SchedulerClient.builder()));
    }

    private SetSchedules(Settings settings, SchedulerClient scheduler) {
        this(
                scheduler,
                new RotationSchedule(
                        scheduler, settings.rotationMachine(), settings.rotationRole(), InstantSource.system()),
                EksRollouts.inAccount(),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())));
    }

    SetSchedules(SchedulerClient scheduler, RotationSchedule rotation, Rollouts rollouts, JsonArtifacts artifacts) {
        super(Input.class);
        this.scheduler = scheduler;
        this.rotation = rotation;
        this.rollouts = rollouts;
        this.artifacts = artifacts;
    }

    /** Which attempt's schedules, and whether they are to run. */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt,
            @JsonProperty(required = true) boolean enabled) {}

    /** Those that were changed. */
    public record Output(List<String> schedules) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        return new Output(artifacts
                .find(attempt.target(), TargetOutputs.class)
                .map(target -> all(artifacts.read(attempt.plan(), Plan.class), target, input.enabled()))
                .orElse(List.of()));
    }

    private List<String> all(Plan plan, TargetOutputs target, boolean enabled) {
        return Stream.concat(jobs(plan, target, enabled).stream(), rotation.set(plan, enabled).stream())
                .toList();
    }

    private List<String> jobs(Plan plan, TargetOutputs target, boolean enabled) {
        if (plan.jobs().stream().allMatch(job -> job.schedule().isEmpty())) {
            return List.of();
        }
        return plan.target().compute() == Compute.EKS
                ? setInCluster(plan, target, enabled)
                : names(plan, target).stream()
                        .filter(schedule -> set(schedule, enabled ? ScheduleState.ENABLED : ScheduleState.DISABLED))
                        .toList();
    }

    private List<String> setInCluster(Plan plan, TargetOutputs target, boolean enabled) {
        try (Rollout rollout = rollouts.open(target, plan.app())) {
            return rollout.schedule(enabled);
        }
    }

    private static List<String> names(Plan plan, TargetOutputs target) {
        return plan.jobs().stream()
                .filter(job -> job.schedule().isPresent())
                .map(PlannedJob::name)
                .map(job -> Optional.ofNullable(target.values().get(LogicalName.of(job) + "Schedule")))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A schedule can only be written whole. */
    private boolean set(String name, ScheduleState state) {
        GetScheduleResponse found = scheduler.getSchedule(request -> request.name(name));
        if (found.state() == state) {
            return false;
        }
        scheduler.updateSchedule(request -> request.name(name)
                .groupName(found.groupName())
                .description(found.description())
                .scheduleExpression(found.scheduleExpression())
                .scheduleExpressionTimezone(found.scheduleExpressionTimezone())
                .startDate(found.startDate())
                .endDate(found.endDate())
                .flexibleTimeWindow(found.flexibleTimeWindow())
                .kmsKeyArn(found.kmsKeyArn())
                .target(found.target())
                .actionAfterCompletion(found.actionAfterCompletion())
                .state(state));
        return true;
    }
}
