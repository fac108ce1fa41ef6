package dev.slipway.objects.follow;

/** What keeps the app from writing to a side. */
interface Gate {
    /** Whether it can be closed at all. */
    boolean closes();

    /** Whether nobody who respects it writes any more once it is closed. */
    boolean holds();

    void close();

    /** @throws dev.slipway.migration.exception.FenceBroken if somebody has written since it was closed */
    void requireClosed();

    void open();

    /** A bucket's policy is its owner's: nothing of ours closes it. */
    Gate OF_A_BUCKET = new Gate() {
        @Override
        public boolean closes() {
            return false;
        }

        @Override
        public boolean holds() {
            return false;
        }

        @Override
        public void close() {}

        @Override
        public void requireClosed() {}

        @Override
        public void open() {}
    };
}
