package dev.slipway.objects.copy;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.objects.manifest.Claim;
import dev.slipway.objects.manifest.Manifest;
import dev.slipway.objects.manifest.Pass;
import dev.slipway.objects.manifest.UploadNotes;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.ObjectPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a place into ranges of keys and deals them out to shards. Nobody has to hold anything: what is listed is noted, the
 * fence keeps a folder as it is, and a bucket is looked through once more.
 */
public final class CopyShards {
    /** So that one that is slow, or has more than the others, does not keep all workers waiting. */
    private static final int SHARDS_PER_WORKER = 4;

    private CopyShards() {}

    /**
     * Claims the notes and begins the pass that all shards work on.
     *
     * @param ground under which what was noted counts
     * @return one shard for each range that is not done, but at most four for each worker
     */
    public static ShardedCopy.Held begin(
            ObjectPlace source, Bucket target, CopyOptions options, String ground, int workers) {
        String what = "copy " + source.name() + " to " + target.name() + " by " + workers + " workers";
        return FailedCopy.told(what, () -> {
            CopyNotes notes = notes(options, what);
            Manifest manifest = new Manifest(notes);
            Claim claim = Claim.take(notes, options.fence(), what);
            int wanted = workers * SHARDS_PER_WORKER;
            Pass pass = manifest.next(ground, () -> source.cut(Math.max(ObjectsCopy.RANGES, wanted)));
            source.requireCopyable();
            manifest.begin(pass);
            new OwnUploads(target, new UploadNotes(options.notes())).takeStock();
            List<Integer> left = IntStream.range(0, pass.ranges().size())
                    .filter(range -> !manifest.isDone(pass.number(), range))
                    .boxed()
                    .toList();
            return new ShardedCopy.NothingHeld(shards(left, wanted, pass, claim));
        });
    }

    /** What workers do not remember together they would list, and copy, each for itself. */
    static CopyNotes notes(CopyOptions options, String what) {
        return options.notes()
                .orElseThrow(() -> new InvalidInput(
                        what, "nobody has said where they keep their notes", "give them artifacts of their own"));
    }

    /** Neighbours to different shards: where many keys are, several ranges are likely to be larger than the others. */
    private static List<Shard> shards(List<Integer> ranges, int wanted, Pass pass, Claim claim) {
        List<Shard> shards = new ArrayList<>();
        int count = Math.min(wanted, ranges.size());
        for (int first = 0; first < count; first++) {
            List<Shard.Piece> pieces = IntStream.iterate(first, i -> i < ranges.size(), i -> i + count)
                    .mapToObj(i -> new Shard.Piece("", Integer.toString(ranges.get(i))))
                    .toList();
            shards.add(new Shard("%04d".formatted(first + 1), moment(pass), claim.id(), 0, pieces));
        }
        return shards;
    }

    /** The pass that a shard is of: what was noted in another one is of another moment. */
    static String moment(Pass pass) {
        return pass.number() + " " + pass.ground();
    }
}
