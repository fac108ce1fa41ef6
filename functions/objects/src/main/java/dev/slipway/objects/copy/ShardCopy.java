package dev.slipway.objects.copy;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Shard;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.objects.manifest.Claim;
import dev.slipway.objects.manifest.Manifest;
import dev.slipway.objects.manifest.Pass;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.ObjectPlace;

/** Copies the ranges of a shard beside the workers of the others. What is listed and done is noted where whoever finishes the copy reads it. */
public final class ShardCopy {
    private final CopyOptions options;
    private final String ground;
    private final PassCopy copy;
    private final String pair;

    /** @param ground under which what was noted counts */
    public ShardCopy(
            ObjectPlace source,
            Bucket target,
            StoreUrl targetUrl,
            int partBytes,
            CopyOptions options,
            String ground,
            Progress progress) {
        this.options = options;
        this.ground = ground;
        this.copy = new PassCopy(source, target, targetUrl, partBytes, options, progress);
        this.pair = source.name() + " to " + target.name();
    }

    /** @return all objects of the shard, whichever worker of it brought them */
    public CopyOutcome.Copied copy(Shard shard) {
        String what = "copy shard " + shard.name() + " of " + pair;
        return FailedCopy.told(what, () -> {
            CopyNotes notes = CopyShards.notes(options, what);
            Claim claim = Claim.join(notes, shard.claim(), shard.name(), what);
            Manifest manifest = new Manifest(notes);
            Pass pass = manifest.next(ground, () -> {
                throw new IllegalStateException("a claim stands without a pass");
            });
            if (!CopyShards.moment(pass).equals(shard.snapshot())) {
                throw new FenceBroken(
                        what,
                        "the fence was lifted and raised again since the copy began",
                        "copy again from the beginning");
            }
            copy.run(
                    manifest,
                    claim,
                    pass,
                    shard.pieces().stream()
                            .map(piece -> Integer.valueOf(piece.part()))
                            .toList());
            return copy.counts().all(copy.findings());
        });
    }
}
