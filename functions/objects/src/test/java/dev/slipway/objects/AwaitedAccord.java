package dev.slipway.objects;

import dev.slipway.migration.Accord;
import java.util.function.BooleanSupplier;

/** Another store comes near only then. */
final class AwaitedAccord extends Accord.Alone {
    private final Runnable asked;
    private final BooleanSupplier near;
    private boolean first = true;

    /** @param asked is run when this store is near */
    AwaitedAccord(Runnable asked, BooleanSupplier near) {
        this.asked = asked;
        this.near = near;
    }

    @Override
    public boolean mayFence() {
        if (first) {
            first = false;
            asked.run();
            return false;
        }
        return near.getAsBoolean();
    }
}
