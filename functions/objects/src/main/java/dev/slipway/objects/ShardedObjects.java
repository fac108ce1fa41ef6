package dev.slipway.objects;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.objects.copy.CopyJob;
import dev.slipway.objects.copy.CopyShards;
import dev.slipway.objects.copy.ShardCopy;
import dev.slipway.objects.fence.FolderFence;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.ObjectPlace;
import dev.slipway.objects.place.Places;
import dev.slipway.objects.session.Overlap;
import dev.slipway.objects.session.UrlTerms;

/**
 * Copies a place by several workers, each some ranges of its keys; those of a folder mount the same volume. Each looks at the fence
 * alone, and whoever finishes the copy at all files behind it.
 */
record ShardedObjects(Places places, int partBytes) implements ShardedCopy {
    @Override
    public Held begin(StoreUrl source, StoreUrl target, CopyOptions options, int workers) {
        return between(
                source,
                target,
                options,
                (place, bucket, ground) -> CopyShards.begin(place, bucket, options, ground, workers));
    }

    @Override
    public CopyOutcome.Copied copy(
            StoreUrl source, StoreUrl target, CopyOptions options, Shard shard, Progress progress) {
        return between(
                source,
                target,
                options,
                (place, bucket, ground) -> new ShardCopy(
                                new CopyJob(place, bucket, target, partBytes, options, ground, progress))
                        .copy(shard));
    }

    private <T> T between(StoreUrl source, StoreUrl target, CopyOptions options, Work<T> work) {
        Places.requireBucket("copy to", target);
        Overlap.forbid("copy", source, target);
        if (UrlTerms.meansVersions(source)) {
            throw new InvalidInput(
                    "copy all versions to " + target + " by several workers",
                    "one worker copies them",
                    "leave out ?versions=all, or the workers");
        }
        try (Bucket bucket = places.bucket(target)) {
            return places.with(
                    source,
                    place -> place instanceof Folder folder
                            ? fenced(folder, bucket, options.fence().orElseThrow(), work)
                            : work.run(place, bucket, ""));
        }
    }

    private static <T> T fenced(Folder source, Bucket target, FenceToken token, Work<T> work) {
        FolderFence fence = new FolderFence(source);
        String ground = fence.requireStanding(token);
        T done = work.run(source, target, ground);
        ObjectsEngine.requireStanding(source, fence.requireStanding(token), ground);
        return done;
    }

    /** What is done between two places, and the ground under which its notes count. */
    @FunctionalInterface
    private interface Work<T> {
        T run(ObjectPlace source, Bucket target, String ground);
    }
}
