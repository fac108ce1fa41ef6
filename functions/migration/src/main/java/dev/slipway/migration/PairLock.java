package dev.slipway.migration;

import java.util.Optional;

/** Only one process works on a pair of stores at a time, and of it one thread. */
public interface PairLock {

    /** Empty while somebody else has it. */
    Optional<Hold> tryTake();

    /** Of a lock that was taken. */
    interface Hold extends AutoCloseable {

        /** @throws dev.slipway.migration.exception.FollowFailed if somebody else may have it by now */
        void require();

        @Override
        void close();
    }
}
