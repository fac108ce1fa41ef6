package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.report.Report;
import dev.slipway.report.StateVisit;
import dev.slipway.report.StateVisit.Ending;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

class ExecutionStoryTest {
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
    private static final Instant STOP = START.plusSeconds(30);

    @Test
    void tellsWhereAnAbortedExecutionStood() {
        ExecutionStory story = story(
                ExecutionStatus.ABORTED,
                entered(1, "Plan migration"),
                exited(5, "Plan migration"),
                entered(5, "Restore stores"));

        assertThat(story.failure())
                .contains(new Report.Failure("Restore stores", "ABORTED", "The execution ended ABORTED: by hand"));
        assertThat(story.timeline())
                .containsExactly(
                        visit("Plan migration", 1, START.plusSeconds(5), Ending.OK),
                        visit("Restore stores", 5, STOP, Ending.ABORTED));
    }

    @Test
    void namesTheStateThatFailedAndNotTheRollbackAfterIt() {
        ExecutionStory story = story(
                ExecutionStatus.FAILED,
                entered(1, "Verify"),
                failed(3, "dev.slipway.migration.exception.StoresDiffer", "one line"),
                exited(3, "Verify"),
                entered(3, "Roll back"),
                failed(9, "States.TaskFailed", "another line"),
                exited(9, "Roll back"));

        assertThat(story.failure()).contains(new Report.Failure("Verify", "StoresDiffer", "one line"));
        assertThat(story.timeline())
                .containsExactly(
                        visit("Verify", 1, START.plusSeconds(3), Ending.FAILED),
                        visit("Roll back", 3, START.plusSeconds(9), Ending.OK));
    }

    @Test
    void tellsWhereAnExecutionFailedThoughNoStateSawIt() {
        ExecutionStory story = story(ExecutionStatus.FAILED, entered(1, "Verify"));

        assertThat(story.failure()).contains(new Report.Failure("Verify", "DataLimitExceeded", "too much"));
        assertThat(story.timeline()).containsExactly(visit("Verify", 1, STOP, Ending.FAILED));
    }

    @Test
    void tellsNoFailureOfAStateThatSucceededWhenItWasTriedAgain() {
        ExecutionStory story = story(
                ExecutionStatus.RUNNING,
                entered(1, "Plan migration"),
                failed(3, "Lambda.TooManyRequestsException", "slow down"),
                event(6).type(HistoryEventType.TASK_SUCCEEDED).build(),
                exited(6, "Plan migration"));

        assertThat(story.failure()).isEmpty();
        assertThat(story.timeline()).extracting(StateVisit::outcome).containsExactly(Optional.of(Ending.OK));
    }

    @Test
    void leavesAStateThatIsStillAtWorkOpen() {
        ExecutionStory story = story(ExecutionStatus.RUNNING, entered(1, "Complete"));

        assertThat(story.failure()).isEmpty();
        assertThat(story.timeline()).containsExactly(StateVisit.open("Complete", START.plusSeconds(1), 1));
    }

    @Test
    void countsTheVisitsOfALoop() {
        ExecutionStory story = story(
                ExecutionStatus.SUCCEEDED,
                entered(1, "Bake"),
                exited(2, "Bake"),
                entered(3, "Bake"),
                exited(4, "Bake"));

        assertThat(story.timeline()).hasSize(2);
    }

    private static ExecutionStory story(ExecutionStatus status, HistoryEvent... history) {
        return new ExecutionStory(
                DescribeExecutionResponse.builder()
                        .status(status)
                        .startDate(START)
                        .stopDate(STOP)
                        .error(status == ExecutionStatus.FAILED ? "States.DataLimitExceeded" : null)
                        .cause(
                                switch (status) {
                                    case ABORTED -> "by hand";
                                    case FAILED -> "too much";
                                    default -> null;
                                })
                        .build(),
                Arrays.asList(history));
    }

    private static StateVisit visit(String state, long entered, Instant exited, Ending ending) {
        return StateVisit.ended(state, START.plusSeconds(entered), exited, ending, 1);
    }

    private static HistoryEvent entered(long second, String state) {
        return event(second)
                .type(HistoryEventType.TASK_STATE_ENTERED)
                .stateEnteredEventDetails(details -> details.name(state))
                .build();
    }

    private static HistoryEvent exited(long second, String state) {
        return event(second)
                .type(HistoryEventType.TASK_STATE_EXITED)
                .stateExitedEventDetails(details -> details.name(state))
                .build();
    }

    private static HistoryEvent failed(long second, String error, String cause) {
        return event(second)
                .type(HistoryEventType.TASK_FAILED)
                .taskFailedEventDetails(details -> details.error(error).cause(cause))
                .build();
    }

    private static HistoryEvent.Builder event(long second) {
        return HistoryEvent.builder().timestamp(START.plusSeconds(second));
    }
}
