package dev.slipway.local.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.plan.Plan;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A target as it was made, with whom to ask what it is.
 *
 * @param ids physical ids by logical ones
 */
record MadeTarget(Plan plan, Map<String, String> ids, Questions questions) {

    /** @throws AssertionError where the service refuses to answer */
    JsonNode ask(String service, String operation, Map<String, ?> arguments) {
        JsonNode answer = questions.ask(service, operation, arguments);
        if (answer.has("error")) {
            throw new AssertionError(service + " " + operation + " " + arguments + ": " + answer);
        }
        return answer;
    }

    boolean has(String name) {
        return ids.containsKey(name);
    }

    String id(String name) {
        return Objects.requireNonNull(ids.get(name), () -> "the stack has no " + name);
    }

    /** The logical name of what has that id. */
    Optional<String> named(String id) {
        return ids.entrySet().stream()
                .filter(entry -> entry.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
