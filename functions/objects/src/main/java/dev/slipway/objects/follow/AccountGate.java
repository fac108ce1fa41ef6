package dev.slipway.objects.follow;

import dev.slipway.migration.AppAccess;

/** The account denies the app to write. A policy comes into force some time after it is made, so it proves nothing by itself. */
record AccountGate(AppAccess access) implements Gate {
    @Override
    public boolean closes() {
        return true;
    }

    @Override
    public boolean holds() {
        return false;
    }

    @Override
    public void close() {
        access.close();
    }

    @Override
    public void requireClosed() {}

    @Override
    public void open() {
        access.open();
    }
}
