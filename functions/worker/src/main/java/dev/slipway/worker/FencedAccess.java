package dev.slipway.worker;

import dev.slipway.migration.AppAccess;
import dev.slipway.migration.Engine;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;

/** A target that is closed by the engine's own fence. */
record FencedAccess(Engine engine, StoreUrl target, FenceToken token) implements AppAccess {

    @Override
    public void close() {
        engine.fence(target, token);
    }

    @Override
    public void open() {
        engine.unfence(target, token);
    }
}
