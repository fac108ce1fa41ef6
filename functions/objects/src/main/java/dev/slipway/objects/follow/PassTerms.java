package dev.slipway.objects.follow;

import dev.slipway.migration.Progress;

/**
 * How a pass is made.
 *
 * @param closed whether nobody can write to the writer, by its fence
 * @param onward is called now and then, and throws where the pass is to end
 */
record PassTerms(Proof proof, boolean closed, Progress progress, Runnable onward) {
    /** Which objects are compared by reading both sides. */
    enum Proof {
        NONE,
        /** Those that were not, since they were written. */
        NEW,
        ALL
    }

    static PassTerms carrying(Progress progress) {
        return new PassTerms(Proof.NONE, /* closed= */ false, progress, () -> {});
    }

    boolean proves() {
        return proof != Proof.NONE;
    }
}
