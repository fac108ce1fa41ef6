package dev.slipway.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.StrictJson;

/**
 * The error and the one line at the bottom of a state's failure. A nested execution's failure arrives as a JSON document with
 * {@code Error} and {@code Cause}, a function's as one with {@code errorType} and {@code errorMessage}.
 */
record FailureLine(String error, String cause) {

    static FailureLine of(String error, String cause) {
        if (!cause.startsWith("{")) {
            return new FailureLine(error, cause.isEmpty() ? error : cause);
        }
        try {
            JsonNode document = StrictJson.mapper().readTree(cause);
            if (document.has("errorMessage")) {
                return new FailureLine(
                        document.path("errorType").asText(error),
                        document.path("errorMessage").asText());
            }
            return document.has("Error")
                    ? of(document.path("Error").asText(), document.path("Cause").asText(""))
                    : new FailureLine(error, cause);
        } catch (JsonProcessingException notJson) {
            return new FailureLine(error, cause);
        }
    }

    /** The error's class without its package. */
    String simpleError() {
        return error.substring(error.lastIndexOf('.') + 1);
    }
}
