package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.Traffic;
import java.time.Duration;
import java.util.Optional;

/**
 * What an execution's input may say besides the app: {@code {"app":"NAME","traffic":{"by":25,"everySeconds":60}}}.
 *
 * @param startedBy which execution started this one; set by the console, of no meaning here
 */
record Overrides(
        @JsonProperty(required = true) String app,
        Optional<TrafficOverride> traffic,

        @JsonProperty("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID")
        Optional<String> startedBy) {

    record TrafficOverride(Optional<Integer> by, Optional<Long> everySeconds) {}

    static Overrides read(JsonNode input) {
        try {
            return StrictJson.mapper().treeToValue(input, Overrides.class);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    "read the execution's input",
                    e.getOriginalMessage(),
                    "give {\"app\":\"NAME\"} and, if wanted, {\"traffic\":{\"by\":PERCENT,\"everySeconds\":SECONDS}}",
                    e);
        }
    }

    Spec apply(Spec spec) {
        return traffic.map(wanted -> with(spec, apply(spec.traffic(), wanted))).orElse(spec);
    }

    private static Traffic apply(Traffic traffic, TrafficOverride wanted) {
        int by = wanted.by().orElse(traffic.by());
        if (by < 1 || by > 100) {
            throw new InvalidInput(
                    "read the execution's input", "traffic.by is " + by, "give a percentage from 1 to 100");
        }
        return new Traffic(
                traffic.zone(),
                traffic.record(),
                by,
                wanted.everySeconds().map(Duration::ofSeconds).orElse(traffic.every()),
                traffic.failures(),
                traffic.gates(),
                traffic.certificate(),
                traffic.paths());
    }

    private static Spec with(Spec spec, Traffic traffic) {
        return new Spec(
                spec.app(),
                spec.sourceAddress(),
                spec.target(),
                spec.stores(),
                spec.strategy(),
                spec.maxPause(),
                spec.hold(),
                traffic,
                spec.soak(),
                spec.approval(),
                spec.schemaCommand(),
                spec.delivery(),
                spec.repository(),
                spec.notified());
    }
}
