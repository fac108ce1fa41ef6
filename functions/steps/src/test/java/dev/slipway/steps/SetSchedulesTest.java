package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.ExamplePlan;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.GetScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleResponse;

class SetSchedulesTest {
    private static final Attempt ATTEMPT = new Attempt("shop", 1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final OneSchedule scheduler = new OneSchedule();
    private final FakeRollout cluster = new FakeRollout();

    @Test
    void startsTheClockOfAJobAndStopsItAgain() {
        write();
        assertThat(set(true)).containsExactly("slipway-shop-Nightly");
        assertThat(scheduler.state).isEqualTo(ScheduleState.ENABLED);
        assertThat(scheduler.expression).as("the rest of it").isEqualTo("cron(0 3 * * ? *)");
        assertThat(set(true)).as("a second time").isEmpty();
        assertThat(set(false)).containsExactly("slipway-shop-Nightly");
        assertThat(scheduler.state).isEqualTo(ScheduleState.DISABLED);
    }

    @Test
    void startsTheClocksInACluster() {
        PlannedJob nightly = ExamplePlan.job("nightly", "shop/web:1", Optional.of("rate(1 day)"));
        artifacts()
                .write(
                        ATTEMPT.plan(),
                        ExamplePlan.of("shop")
                                .jobs(List.of(nightly))
                                .inCluster()
                                .plan());
        artifacts().write(ATTEMPT.target(), new TargetOutputs(Map.of("ClusterName", "shop")));
        assertThat(set(true)).containsExactly("nightly");
        assertThat(cluster.told()).containsExactly("schedule true", "close");
    }

    @Test
    void hasNothingToDoWhereNoTargetWasMade() {
        assertThat(set(false)).isEmpty();
    }

    private void write() {
        PlannedJob nightly = ExamplePlan.job("nightly", "shop/web:1", Optional.of("rate(1 day)"));
        PlannedJob once = ExamplePlan.job("seed", "shop/web:1", Optional.empty());
        artifacts()
                .write(
                        ATTEMPT.plan(),
                        ExamplePlan.of("shop").jobs(List.of(nightly, once)).plan());
        artifacts().write(ATTEMPT.target(), new TargetOutputs(Map.of("NightlySchedule", "slipway-shop-Nightly")));
    }

    @Test
    void makesTheClockOfTheTurnsOnceAndRemovesItAgain() {
        List<PlannedStore> stores = List.of(ExamplePlan.rotated("db", 30), ExamplePlan.rotated("log", 7));
        artifacts().write(ATTEMPT.plan(), ExamplePlan.of("shop").stores(stores).plan());
        artifacts().write(ATTEMPT.target(), new TargetOutputs(Map.of()));
        assertThat(set(true)).containsExactly("slipway-shop-rotation");
        CreateScheduleRequest made = scheduler.made.getFirst();
        assertThat(made.scheduleExpression()).as("the shorter one").isEqualTo("rate(7 days)");
        assertThat(made.startDate()).as("not at once").isEqualTo(Instant.parse("2026-11-29T00:00:00Z"));
        assertThat(made.target().input()).isEqualTo("{\"app\":\"shop\"}");
        assertThat(made.target().arn()).isEqualTo("rotation-machine");
        assertThat(made.target().roleArn()).isEqualTo("rotation-role");
        assertThat(set(true)).as("a second time").isEmpty();
        assertThat(set(false)).containsExactly("slipway-shop-rotation");
        assertThat(set(false)).as("a second time").isEmpty();
    }

    @Test
    void makesNoClockForTurnsThatTheMachineDoesNotTake() {
        artifacts()
                .write(
                        ATTEMPT.plan(),
                        ExamplePlan.of("shop")
                                .stores(List.of(ExamplePlan.rotated("db", 30)))
                                .inCluster()
                                .plan());
        artifacts().write(ATTEMPT.target(), new TargetOutputs(Map.of("ClusterName", "shop")));
        assertThat(set(true)).isEmpty();
        assertThat(scheduler.made).isEmpty();
    }

    private RotationSchedule rotation() {
        return new RotationSchedule(
                scheduler, "rotation-machine", "rotation-role", () -> Instant.parse("2026-11-22T00:00:00Z"));
    }

    private List<String> set(boolean enabled) {
        return new SetSchedules(scheduler, rotation(), cluster.anywhere(), artifacts())
                .take(new SetSchedules.Input("shop", 1, enabled))
                .schedules();
    }

    private JsonArtifacts artifacts() {
        return new JsonArtifacts(new FolderArtifacts(folder));
    }

    /** A scheduler that forgets what is not written again. */
    private static final class OneSchedule implements SchedulerClient {
        private ScheduleState state = ScheduleState.DISABLED;
        private String expression = "cron(0 3 * * ? *)";

        private final List<CreateScheduleRequest> made = new ArrayList<>();

        @Override
        public CreateScheduleResponse createSchedule(CreateScheduleRequest request) {
            if (!made.isEmpty()) {
                throw ConflictException.builder().build();
            }
            made.add(request);
            return CreateScheduleResponse.builder().build();
        }

        @Override
        public DeleteScheduleResponse deleteSchedule(DeleteScheduleRequest request) {
            if (!made.removeIf(there -> there.name().equals(request.name()))) {
                throw ResourceNotFoundException.builder().build();
            }
            return DeleteScheduleResponse.builder().build();
        }

        @Override
        public GetScheduleResponse getSchedule(GetScheduleRequest request) {
            return GetScheduleResponse.builder()
                    .name(request.name())
                    .scheduleExpression(expression)
                    .state(state)
                    .build();
        }

        @Override
        public UpdateScheduleResponse updateSchedule(UpdateScheduleRequest request) {
            state = request.state();
            expression = request.scheduleExpression();
            return UpdateScheduleResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "scheduler";
        }

        @Override
        public void close() {}
    }
}
