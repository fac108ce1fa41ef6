package dev.slipway.worker;

/** Whether the app may write to a store of the target. */
interface TargetAccess {

    /** Stops the app's writes. */
    void close();

    /** Lets the app write. */
    void open();
}
