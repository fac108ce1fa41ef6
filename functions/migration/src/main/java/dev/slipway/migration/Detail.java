package dev.slipway.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an inspection says of a store.
 *
 * @param name a field of JSON, in camel case
 * @param value for a program: text, a number, a truth value, or lists and maps of these; null where nobody knows
 * @param text the same for a person; {@link #NONE} where there is nothing of the kind, empty where another detail's text says it
 */
public record Detail(String name, @Nullable Object value, String text) {
    public static final String NONE = "none";

    /** A detail whose value a server has written as JSON. */
    public static Detail ofJson(String name, String json, String text) {
        try {
            return new Detail(name, StrictJson.mapper().readValue(json, Object.class), text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the value of " + name + " is no JSON: " + json, e);
        }
    }
}
