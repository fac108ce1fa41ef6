package dev.slipway.worker;

import java.time.Duration;

/** Tells the waiting state again and again that the worker lives, until closed; a refusal ends the worker. */
final class Heartbeat implements AutoCloseable {
    private final Thread thread;

    private Heartbeat(Thread thread) {
        this.thread = thread;
    }

    /**
     * Starts to beat.
     *
     * @param within the state's own patience; three beats are sent in it
     * @param refused what to do when the state does not wait any more
     */
    static Heartbeat start(Answer answer, Duration within, Runnable refused) {
        return new Heartbeat(
                Thread.ofVirtual().name("heartbeat").start(() -> beat(answer, within.dividedBy(3), refused)));
    }

    private static void beat(Answer answer, Duration pause, Runnable refused) {
        try {
            while (answer.alive()) {
                Thread.sleep(pause);
            }
            refused.run();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
