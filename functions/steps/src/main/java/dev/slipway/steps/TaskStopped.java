package dev.slipway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.account.Clients;
import dev.slipway.migration.exception.WorkerStopped;
import java.util.Optional;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/**
 * Hears that a worker's task ended and fails the state that waits for its token, which is refused where the worker had answered.
 * The event is ECS's "ECS Task State Change"; its overrides carry the token.
 */
public final class TaskStopped extends Step<JsonNode, TaskStopped.Output> {
    private final SfnClient machines;

    public TaskStopped() {
        this(Clients.of(SfnClient.builder()));
    }

    TaskStopped(SfnClient machines) {
        super(JsonNode.class);
        this.machines = machines;
    }

    /** Whether a state was still waiting. */
    public record Output(boolean failedAState) {}

    @Override
    protected Output take(JsonNode event) {
        JsonNode detail = event.path("detail");
        return new Output(
                token(detail).filter(token -> fail(token, reason(detail))).isPresent());
    }

    private boolean fail(String token, String reason) {
        WorkerStopped cause = new WorkerStopped(
                "work on a store",
                "the worker's task ended before it answered (" + reason + ")",
                "read the worker's log; it is tried again by another worker");
        try {
            machines.sendTaskFailure(request -> request.taskToken(token)
                    .error(WorkerStopped.class.getName())
                    .cause(cause.getMessage()));
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException answeredBefore) {
            return false;
        }
    }

    private static Optional<String> token(JsonNode detail) {
        return StreamSupport.stream(
                        detail.path("overrides").path("containerOverrides").spliterator(), false)
                .flatMap(container ->
                        StreamSupport.stream(container.path("environment").spliterator(), false))
                .filter(variable -> variable.path("name").asText().equals("TASK_TOKEN"))
                .map(variable -> variable.path("value").asText())
                .findFirst();
    }

    private static String reason(JsonNode detail) {
        String stopped = detail.path("stoppedReason").asText("no reason given");
        JsonNode code = detail.path("containers").path(0).path("exitCode");
        return code.isMissingNode() ? stopped : stopped + ", exit code " + code.asText();
    }
}
