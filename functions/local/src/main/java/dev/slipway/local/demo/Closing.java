package dev.slipway.local.demo;

import dev.slipway.local.LocalRun;

/** Closes a run when the process is told to end, as by Ctrl-C, and not a second time when it has ended by itself. */
record Closing(Thread hook) implements AutoCloseable {

    static Closing atShutdown(LocalRun run) {
        Thread hook = new Thread(run::close, "closing");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Closing(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            hook.interrupt();
        }
    }
}
