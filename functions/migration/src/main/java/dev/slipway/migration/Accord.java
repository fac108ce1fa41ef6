package dev.slipway.migration;

/**
 * What the turns of several stores agree on, so that all of them are made or none. A turn asks again and again, and keeps its own
 * store following meanwhile.
 */
public interface Accord {
    Accord ALONE = new Alone();

    /** That of a store which turns by itself. */
    class Alone implements Accord {
        @Override
        public boolean mayFence() {
            return true;
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

    /**
     * Whether every store has come so far that only a fence is missing. Whoever asks has.
     *
     * @throws NoAccord if another store's turn was refused, or all of this takes too long
     */
    boolean mayFence();

    /** The store takes no writes any more. */
    void fenced();

    /**
     * Whether no store takes writes any more of those whose fences hold for everybody: what an app does to its other stores after a
     * write to one of these it does no more. For those that {@link Following#closesLast close last}, once they may be fenced.
     *
     * @throws NoAccord if another store's turn was refused
     */
    boolean othersFenced();

    /**
     * Whether every store is proved, so that all of them open. Whoever asks is proved, and objects to nothing any more.
     *
     * @throws NoAccord if another store's turn was refused, or all of this takes too long
     */
    boolean mayOpen();

    /** There is nothing that all agree on: the side that took the writes takes them again. */
    final class NoAccord extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NoAccord(String reason) {
            super(reason);
        }
    }
}
