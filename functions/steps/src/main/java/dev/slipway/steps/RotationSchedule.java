package dev.slipway.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.spec.Compute;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;

/**
 * The clock that starts the machine {@code rotation} for an app: as often as the store of it says that says it most often.
 *
 * @param machine ARN
 * @param role ARN of the role by which the clock starts it
 */
record RotationSchedule(SchedulerClient scheduler, String machine, String role, InstantSource clock) {

    /** Makes it or removes it. @return its name, where that changed anything */
    Optional<String> set(Plan plan, boolean enabled) {
        OptionalInt days = days(plan);
        String name = "slipway-" + plan.app() + "-rotation";
        if (days.isEmpty()) {
            return Optional.empty();
        }
        boolean changed = enabled ? make(name, plan.app(), days.getAsInt()) : remove(name);
        return changed ? Optional.of(name) : Optional.empty();
    }

    private static OptionalInt days(Plan plan) {
        return plan.target().compute() == Compute.FARGATE
                ? RotatedStores.of(plan).stream()
                        .flatMap(store -> store.options().rotationDays().stream())
                        .mapToInt(Integer::intValue)
                        .min()
                : OptionalInt.empty();
    }

    /**
     * Without a start of its own the first turn would be at once
     * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based).
     */
    private boolean make(String name, String app, int days) {
        try {
            scheduler.createSchedule(request -> request.name(name)
                    .description("Turns the logins of " + app)
                    .scheduleExpression("rate(" + days + (days == 1 ? " day)" : " days)"))
                    .startDate(clock.instant().plus(Duration.ofDays(days)))
                    .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                    .target(target -> target.arn(machine).roleArn(role).input(input(app))));
            return true;
        } catch (ConflictException there) {
            return false;
        }
    }

    private boolean remove(String name) {
        try {
            scheduler.deleteSchedule(request -> request.name(name));
            return true;
        } catch (ResourceNotFoundException gone) {
            return false;
        }
    }

    private static String input(String app) {
        try {
            return StrictJson.mapper().writeValueAsString(Map.of("app", app));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
