package dev.slipway.migration;

import java.util.function.BooleanSupplier;

/** Another store comes near only then. */
public final class AwaitedAccord extends Accord.Alone {
    private final Runnable asked;
    private final BooleanSupplier near;
    private boolean first = true;

    /** @param asked is run when this store is near */
    public AwaitedAccord(Runnable asked, BooleanSupplier near) {
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
