package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.WorkerStopped;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

class TaskStoppedTest {
    private final JsonNode event = Checkout.events("steps")
            .getOrDefault("TaskStopped.json", StrictJson.mapper().missingNode());

    @Test
    void failsTheStateThatWaitsForTheWorker() {
        FakeMachines machines = new FakeMachines(true);

        assertThat(new TaskStopped(machines).take(event).failedAState()).isTrue();
        assertThat(machines.failures).singleElement().satisfies(failure -> {
            assertThat(failure.taskToken()).isEqualTo("AQCEAAAAKgAAAAMAAAAAAAAAAexample");
            assertThat(failure.error()).isEqualTo(WorkerStopped.class.getName());
            assertThat(failure.cause()).contains("Essential container in task exited, exit code 137");
        });
    }

    @Test
    void acceptsThatTheWorkerHadAnswered() {
        assertThat(new TaskStopped(new FakeMachines(false)).take(event).failedAState())
                .isFalse();
    }

    @Test
    void passesOverATaskWithoutAToken() {
        FakeMachines machines = new FakeMachines(true);
        ObjectNode tokenless = event.deepCopy();
        ((ObjectNode) tokenless.path("detail")).remove("overrides");

        assertThat(new TaskStopped(machines).take(tokenless).failedAState()).isFalse();
        assertThat(machines.failures).isEmpty();
    }

    /** Step Functions, as far as a token goes. */
    private static final class FakeMachines implements SfnClient {
        private final List<SendTaskFailureRequest> failures = new ArrayList<>();
        private final boolean waiting;

        private FakeMachines(boolean waiting) {
            this.waiting = waiting;
        }

        @Override
        public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest request) {
            if (!waiting) {
                throw TaskTimedOutException.builder().message("answered").build();
            }
            failures.add(request);
            return SendTaskFailureResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "states";
        }

        @Override
        public void close() {}
    }
}
