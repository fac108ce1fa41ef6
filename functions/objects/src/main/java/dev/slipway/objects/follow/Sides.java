package dev.slipway.objects.follow;

import dev.slipway.migration.PairLock;
import dev.slipway.migration.ReadLimit;
import dev.slipway.objects.copy.Replacement;
import dev.slipway.objects.fence.FolderFence;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.ObjectPlace;
import dev.slipway.objects.place.Places;
import java.util.Optional;

/** Both stores of a pair, opened for changes that go one way. */
record Sides(FollowedPair pair, PairLock.Hold hold, HeldState state, ObjectPlace writer, Follower follower, Gate gate)
        implements AutoCloseable {

    /**
     * Ends a copy of the two by hand that is under way.
     *
     * @param hold of the lock on the two
     * @param partBytes larger objects are sent to a bucket in parts of this many
     */
    static Sides open(FollowedPair pair, PairLock.Hold hold, Places places, int partBytes, ReadLimit limit) {
        ObjectPlace writer =
                Places.isFolder(pair.writer()) ? Places.folder(pair.writer()) : places.bucket(pair.writer());
        try {
            return new Sides(
                    pair,
                    hold,
                    new HeldState(pair.notes()),
                    writer,
                    follower(pair, writer, places, partBytes, limit),
                    gate(pair));
        } catch (RuntimeException e) {
            close(writer);
            throw e;
        }
    }

    private static Follower follower(
            FollowedPair pair, ObjectPlace writer, Places places, int partBytes, ReadLimit limit) {
        if (Places.isFolder(pair.follower())) {
            return FolderFollower.of(writer, Places.folder(pair.follower()), pair.turned());
        }
        Bucket bucket = places.bucket(pair.follower());
        try {
            return new BucketFollower(
                    writer,
                    bucket,
                    Replacement.begin(
                            "bring changes to " + bucket.name(),
                            writer,
                            bucket,
                            pair.follower(),
                            partBytes,
                            Optional.of(pair.notes().copies(pair.direction())),
                            limit));
        } catch (RuntimeException e) {
            bucket.close();
            throw e;
        }
    }

    /** That of the side that takes the writes. */
    static Gate gate(FollowedPair pair) {
        if (Places.isFolder(pair.writer())) {
            return new FolderGate(new FolderFence(Places.folder(pair.writer())), pair.turned());
        }
        return pair.direction() == Direction.BACK
                ? pair.access().<Gate>map(AccountGate::new).orElse(Gate.OF_A_BUCKET)
                : Gate.OF_A_BUCKET;
    }

    private static void close(ObjectPlace place) {
        if (place instanceof Bucket bucket) {
            bucket.close();
        }
    }

    @Override
    public void close() {
        try (follower) {
            close(writer);
        }
    }
}
