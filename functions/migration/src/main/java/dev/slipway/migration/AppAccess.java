package dev.slipway.migration;

/** Whether the app may write to a store that it reaches by rights of its own. Both calls may be repeated. */
public interface AppAccess {

    /** Returns when the app's rights to write are gone. */
    void close();

    /** Returns when the app has its rights. */
    void open();
}
