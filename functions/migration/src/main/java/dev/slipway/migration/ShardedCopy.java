package dev.slipway.migration;

import java.util.List;

/** A copy of a fenced store that several workers make at once. What is left when all shards are done is done by {@link Engine#copy}. */
public interface ShardedCopy {

    /**
     * Claims the target, makes it ready for rows and cuts what is missing into shards, which may be none.
     *
     * @param options name the fence, and the notes that the workers of all shards keep, and who finishes the copy
     * @param workers how many copy at once
     * @throws dev.slipway.migration.exception.FenceBroken if the source is not fenced by the token
     * @throws dev.slipway.migration.exception.StaleAttempt if a later attempt copies
     */
    Held begin(StoreUrl source, StoreUrl target, CopyOptions options, int workers);

    /**
     * Copies what is missing of a shard beside its siblings; an earlier worker of the same shard is cut off first. Where the moment
     * is not held any more, an unbroken fence serves as well.
     *
     * @param options name the fence and the notes
     * @param progress hears of this shard alone
     * @return all that the shard has, whichever worker of it brought it
     * @throws dev.slipway.migration.exception.FenceBroken if the source is not fenced by the token, or was not since the copy began
     * @throws dev.slipway.migration.exception.StaleAttempt if the shard's claim is void
     */
    CopyOutcome.Copied copy(StoreUrl source, StoreUrl target, CopyOptions options, Shard shard, Progress progress);

    /** The moment of the source that is held until this is closed. */
    interface Held extends AutoCloseable {
        List<Shard> shards();

        /** Whether the source still holds it; never true where it cannot, and then nobody waits for the end of the shards. */
        boolean stands();

        @Override
        void close();
    }

    /** Shards of a store that lends nobody its moment: the fence keeps it as it is. */
    record NothingHeld(List<Shard> shards) implements Held {
        public NothingHeld {
            shards = List.copyOf(shards);
        }

        @Override
        public boolean stands() {
            return false;
        }

        @Override
        public void close() {}
    }
}
