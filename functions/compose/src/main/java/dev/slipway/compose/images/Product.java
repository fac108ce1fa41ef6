package dev.slipway.compose.images;

import dev.slipway.migration.app.ServiceKind;
import java.util.Optional;

/**
 * Something that people run beside their own code.
 *
 * @param name as its makers write it, e.g. {@code prometheus}; the key of what takes its place
 * @param kind what part a service plays that runs it
 * @param engine of a store that Slipway moves, as slipway.yaml writes it; empty: Slipway moves no data of it
 * @param numbers what the number in a tag is
 * @param instead for a store that Slipway does not move, the service of AWS that a person would choose
 */
public record Product(
        String name, ServiceKind kind, Optional<String> engine, Numbers numbers, Optional<String> instead) {

    /** What the number in a tag of a product's image tells. */
    public enum Numbers {
        /** The engine's version, e.g. {@code 15-alpine}. */
        VERSION,
        /** The engine's version after {@code pg}, e.g. {@code 2.14.2-pg15}; any other number is the product's own. */
        PG,
        /** Nothing of an engine. */
        OWN
    }

    /** The engine's version in a tag, e.g. 15 of {@code 15-alpine}; empty where there is none. */
    public String version(Image image) {
        return switch (numbers) {
            case VERSION -> image.pgVersion().or(image::leadingVersion).orElse("");
            case PG -> image.pgVersion().orElse("");
            case OWN -> "";
        };
    }
}
