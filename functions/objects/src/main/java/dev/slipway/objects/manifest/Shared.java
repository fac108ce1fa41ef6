package dev.slipway.objects.manifest;

/** A question that many ask at once: whoever has asked before it was put has an answer by that, so that it is put twice and not by each. */
final class Shared {
    private final Runnable question;

    /** When the last one was put that did not throw, by {@link System#nanoTime}. */
    private long put = System.nanoTime();

    Shared(Runnable question) {
        this.question = question;
    }

    /** Returns when the question was put after this was called, and did not throw. */
    void ask() {
        long asked = System.nanoTime();
        synchronized (this) {
            if (put - asked > 0) {
                return;
            }
            long now = System.nanoTime();
            question.run();
            put = now;
        }
    }
}
