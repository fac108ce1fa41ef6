package dev.slipway.steps;

import dev.slipway.report.Report;
import dev.slipway.report.StateVisit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** What an execution's history tells: which states it visited, and where and why it failed. */
final class ExecutionStory {
    private static final String ROLL_BACK = "Roll back";

    private final DescribeExecutionResponse execution;
    private final List<StateVisit> visits = new ArrayList<>();
    private final Map<String, Integer> tries = new HashMap<>();
    private Optional<String> current = Optional.empty();
    private Instant entered = Instant.EPOCH;
    private Optional<Report.Failure> failure = Optional.empty();

    ExecutionStory(DescribeExecutionResponse execution, Iterable<HistoryEvent> history) {
        this.execution = execution;
        history.forEach(this::read);
    }

    Instant started() {
        return execution.startDate();
    }

    /** The visits; the state in which the execution is, or was stopped, comes last. */
    List<StateVisit> timeline() {
        List<StateVisit> all = new ArrayList<>(visits);
        current.ifPresent(state -> all.add(
                broken().map(ending -> StateVisit.ended(state, entered, execution.stopDate(), ending, tries(state)))
                        .orElseGet(() -> StateVisit.open(state, entered, tries(state)))));
        return all;
    }

    /** What stopped the execution, if anything did. */
    Optional<Report.Failure> failure() {
        return failure.or(() -> broken().map(this::unseen));
    }

    /** How the execution ended in the middle of a state: by somebody's stop, its own time, or an error that no Catch sees. */
    private Optional<StateVisit.Ending> broken() {
        return switch (execution.status()) {
            case ABORTED, TIMED_OUT -> Optional.of(StateVisit.Ending.ABORTED);
            case FAILED -> Optional.of(StateVisit.Ending.FAILED);
            default -> Optional.empty();
        };
    }

    private Report.Failure unseen(StateVisit.Ending ending) {
        String state = current.orElse("the start");
        String cause = execution.cause() == null ? "" : execution.cause();
        if (ending == StateVisit.Ending.FAILED) {
            FailureLine line = FailureLine.of(String.valueOf(execution.error()), cause);
            return new Report.Failure(state, line.simpleError(), line.cause());
        }
        String status = execution.statusAsString();
        return new Report.Failure(
                state, status, "The execution ended " + status + (cause.isEmpty() ? "" : ": " + cause));
    }

    private void read(HistoryEvent event) {
        if (event.stateEnteredEventDetails() != null) {
            current = Optional.of(event.stateEnteredEventDetails().name());
            entered = event.timestamp();
            tries.merge(event.stateEnteredEventDetails().name(), 1, Integer::sum);
        } else if (event.stateExitedEventDetails() != null) {
            String state = event.stateExitedEventDetails().name();
            visits.add(StateVisit.ended(state, entered, event.timestamp(), ending(state), tries(state)));
            current = Optional.empty();
        } else if (event.type() == HistoryEventType.TASK_SUCCEEDED) {
            // The state was tried again: what failed before stopped nothing.
            failure = failure.filter(found -> !current.equals(Optional.of(found.state())));
        } else {
            failed(event)
                    .ifPresent(line -> current.filter(state -> !state.equals(ROLL_BACK))
                            .ifPresent(state -> failure =
                                    Optional.of(new Report.Failure(state, line.simpleError(), line.cause()))));
        }
    }

    private StateVisit.Ending ending(String state) {
        return failure.filter(found -> found.state().equals(state)).isPresent()
                ? StateVisit.Ending.FAILED
                : StateVisit.Ending.OK;
    }

    private int tries(String state) {
        return tries.getOrDefault(state, 1);
    }

    private static Optional<FailureLine> failed(HistoryEvent event) {
        return switch (event.type()) {
            case TASK_FAILED ->
                line(
                        event.taskFailedEventDetails().error(),
                        event.taskFailedEventDetails().cause());
            case TASK_TIMED_OUT ->
                line(
                        event.taskTimedOutEventDetails().error(),
                        event.taskTimedOutEventDetails().cause());
            case TASK_SUBMIT_FAILED ->
                line(
                        event.taskSubmitFailedEventDetails().error(),
                        event.taskSubmitFailedEventDetails().cause());
            case EVALUATION_FAILED ->
                line(
                        event.evaluationFailedEventDetails().error(),
                        event.evaluationFailedEventDetails().cause());
            default -> Optional.empty();
        };
    }

    private static Optional<FailureLine> line(String error, String cause) {
        return Optional.of(FailureLine.of(error, cause == null ? "" : cause));
    }
}
