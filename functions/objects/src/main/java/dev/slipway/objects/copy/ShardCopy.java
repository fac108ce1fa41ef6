package dev.slipway.objects.copy;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Shard;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.objects.manifest.Claim;
import dev.slipway.objects.manifest.Manifest;
import dev.slipway.objects.manifest.Pass;

/** Copies the ranges of a shard beside the workers of the others. What is listed and done is noted where whoever finishes the copy reads it. */
public final class ShardCopy {
    private final CopyJob job;
    private final PassCopy copy;

    public ShardCopy(CopyJob job) {
        this.job = job;
        this.copy = new PassCopy(job);
    }

    /** @return all objects of the shard, whichever worker of it brought them */
    public CopyOutcome.Copied copy(Shard shard) {
        String what = "copy shard " + shard.name() + " of " + job.pair();
        return FailedCopy.told(what, () -> {
            CopyNotes notes = CopyShards.notes(job.options(), what);
            Claim claim = Claim.join(notes, shard.claim(), shard.name(), what);
            Manifest manifest = new Manifest(notes);
            Pass pass = manifest.next(job.ground(), () -> {
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
