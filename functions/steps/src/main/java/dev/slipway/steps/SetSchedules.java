package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedJob;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/** Starts or stops the clocks of the target's jobs; where no target was made, or it has none, there is nothing to do. */
public final class SetSchedules extends Step<SetSchedules.Input, SetSchedules.Output> {
    private final SchedulerClient scheduler;
    private final JsonArtifacts artifacts;

    public SetSchedules() {
        this(Settings.fromEnvironment());
    }

    private SetSchedules(Settings settings) {
        this(
                Clients.of(SchedulerClient.builder()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())));
    }

    SetSchedules(SchedulerClient scheduler, JsonArtifacts artifacts) {
        super(Input.class);
        this.scheduler = scheduler;
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
        ScheduleState state = input.enabled() ? ScheduleState.ENABLED : ScheduleState.DISABLED;
        return new Output(artifacts
                .find(attempt.target(), TargetOutputs.class)
                .map(target -> names(artifacts.read(attempt.plan(), Plan.class), target).stream()
                        .filter(schedule -> set(schedule, state))
                        .toList())
                .orElse(List.of()));
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
