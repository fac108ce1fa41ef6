package dev.slipway.worker;

import dev.slipway.migration.Engine;
import dev.slipway.migration.Following;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;

/** How a kind of store follows another one. */
final class Streams {
    private Streams() {}

    /** @throws InvalidInput if the kind does not */
    static Following of(Engine engine, StoreUrl source) {
        return engine.following()
                .orElseThrow(() -> new InvalidInput(
                        "follow " + source,
                        "this version copies one moment of such a store and none of the writes after it",
                        "stop what writes there, and copy it without --follow"));
    }
}
