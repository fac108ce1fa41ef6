package dev.slipway.objects;

import dev.slipway.migration.Accord;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Another store comes near only then.
 *
 * @param asked is run when this store is near
 */
record AwaitedAccord(Runnable asked, BooleanSupplier near, AtomicBoolean first) implements Accord {
    AwaitedAccord(Runnable asked, BooleanSupplier near) {
        this(asked, near, new AtomicBoolean(true));
    }

    @Override
    public boolean mayFence() {
        if (first.getAndSet(false)) {
            asked.run();
            return false;
        }
        return near.getAsBoolean();
    }

    @Override
    public void fenced() {}

    @Override
    public boolean othersFenced() {
        return true;
    }

    @Override
    public boolean mayOpen() {
        return true;
    }
}
