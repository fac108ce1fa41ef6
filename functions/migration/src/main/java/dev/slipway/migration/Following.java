package dev.slipway.migration;

import java.time.Duration;
import java.util.Optional;

/**
 * How an engine keeps a target up with its source while the app goes on writing, and makes the other side the writer. Every call may
 * be repeated, and goes on where an earlier one was ended.
 */
public interface Following {
    /**
     * Copies, unless that was done, and returns when the changes that come after the copy's moment flow. Nothing but the stream
     * writes to the target from then on.
     *
     * @throws dev.slipway.migration.exception.FollowFailed if one of the sides cannot take part
     * @throws dev.slipway.migration.exception.TargetNotEmpty if the target holds something else
     */
    CopyOutcome begin(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress);

    /** Brings the changes of a stream that this object has begun, as long as it is open, where the servers do not do so themselves. */
    default Carrier carry(StoreUrl source, StoreUrl target) {
        return () -> {};
    }

    /** Whether the changes of a stream come over only while somebody carries them. */
    default boolean isCarried(StoreUrl writer, StoreUrl follower) {
        return false;
    }

    /**
     * The same, where the account keeps the app from writing to that side, and the engine could not.
     *
     * @param side a managed store, to which we may write all the while
     */
    default Following closing(StoreUrl side, AppAccess access) {
        return this;
    }

    /** Whether an app may have the right to go past a fence of the kind, so that the others are to stop it first. */
    default boolean closesLast() {
        return false;
    }

    /** How far the target is behind; empty where nothing flows to it from that source. */
    Optional<Lag> lag(StoreUrl source, StoreUrl target);

    /**
     * Makes the side that follows the writer, and lets the other one follow it. The writer is fenced, everything that it holds has
     * come over and compared same before the other side opens; at no moment do both take writes.
     *
     * @param longest that neither side takes writes; past it the writer opens again and nothing has changed
     * @param accord with the turns of other stores; where there is none, this one is not made either
     * @throws dev.slipway.migration.exception.FollowFailed if nothing flows from the writer, or it does not keep up
     */
    Turn turn(StoreUrl writer, StoreUrl follower, Duration longest, Accord accord, Progress progress);

    /** Turns one store by itself. */
    default Turn turn(StoreUrl writer, StoreUrl follower, Duration longest, Progress progress) {
        return turn(writer, follower, longest, Accord.ALONE, progress);
    }

    /** Undoes a turn that was ended before the other side opened: the writer takes the writes as before, and following goes on. */
    void stay(StoreUrl writer, StoreUrl follower);

    /** Ends the stream from one store to another in whatever state it is. The writer stays the writer, and the follower closed. */
    void end(StoreUrl writer, StoreUrl follower);

    /** Brings changes in the background. */
    @FunctionalInterface
    interface Carrier extends AutoCloseable {
        /** @throws dev.slipway.migration.exception.SlipwayException if it has failed since */
        void check();

        /** Why nothing comes over at the moment, where this knows; it goes on trying. */
        default Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        default void close() {}
    }

    /**
     * The way from a change to the target.
     *
     * @param bytes of the source's log that the target has not confirmed
     * @param kept bytes of its log that the source has to keep meanwhile
     * @param behind how long a change took to arrive, where the source could measure it lately
     * @param flowing whether the target is connected
     */
    record Lag(long bytes, long kept, Optional<Duration> behind, boolean flowing) {}

    /** What became of a turn. */
    sealed interface Turn {
        /**
         * The other side takes the writes.
         *
         * @param pause in which neither did
         */
        record Done(Duration pause, Comparison.Same proof) implements Turn {}

        /** An earlier call had done it. */
        record Earlier() implements Turn {}

        /** The writer takes the writes as before, and the other side follows. */
        record NotDone(String reason, Duration pause) implements Turn {}
    }
}
