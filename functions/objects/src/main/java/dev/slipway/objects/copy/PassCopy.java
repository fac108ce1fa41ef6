package dev.slipway.objects.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.manifest.Claim;
import dev.slipway.objects.manifest.Manifest;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.manifest.Pass;
import dev.slipway.objects.manifest.Segment;
import dev.slipway.objects.manifest.UploadNotes;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.ObjectPlace;
import java.util.ArrayList;
import java.util.List;

/** Copies ranges of a pass: some are listed side by side, and what is listed is sent while the rest is. */
final class PassCopy {
    /** Requests wait much longer than they work, so a job is several of them. */
    private static final int REQUESTS_OF_A_JOB = 16;

    /** Each has two connections with a buffer of their own. */
    private static final int MOST_REQUESTS = 512;

    static final int LISTED_AT_ONCE = 4;

    private final ObjectPlace source;
    private final Bucket target;
    private final CopyOptions options;
    private final CopyCounts counts;
    private final TargetTerms terms;
    private final SameObject same;
    private final OwnUploads uploads;
    private final ObjectTransfer transfer;

    PassCopy(
            ObjectPlace source,
            Bucket target,
            StoreUrl targetUrl,
            int partBytes,
            CopyOptions options,
            Progress progress) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.counts = new CopyCounts(source.name(), progress);
        this.terms = new TargetTerms(targetUrl);
        ReadLimit limit = ReadLimit.of(options.pace().bytesPerSecond());
        this.same = new SameObject(source, target, limit);
        this.uploads = new OwnUploads(target, new UploadNotes(options.notes()));
        this.transfer = new ObjectTransfer(source, target, terms, limit, partBytes, isFenced(), uploads);
    }

    /** What it has seen and sent so far. */
    CopyCounts counts() {
        return counts;
    }

    SameObject same() {
        return same;
    }

    OwnUploads uploads() {
        return uploads;
    }

    boolean isFenced() {
        return options.fence().isPresent();
    }

    /**
     * Returns when all of these ranges are on the target, and noted.
     *
     * @throws dev.slipway.migration.exception.StaleAttempt if the claim is void
     */
    void run(Manifest manifest, Claim claim, Pass pass, List<Integer> numbers) {
        int atOnce = Math.min(options.pace().jobs() * REQUESTS_OF_A_JOB, MOST_REQUESTS);
        try (BoundedTasks objects = new BoundedTasks("objects-copy", atOnce);
                BoundedTasks ranges = new BoundedTasks("objects-range", LISTED_AT_ONCE)) {
            RangeCopy.Work work = work(manifest, claim, pass, objects);
            for (int range : numbers) {
                ranges.run(() -> new RangeCopy(source, manifest, pass, range, work).run());
            }
            ranges.await();
            objects.await();
        }
    }

    private RangeCopy.Work work(Manifest manifest, Claim claim, Pass pass, BoundedTasks objects) {
        return new RangeCopy.Work() {
            @Override
            public void done(Segment segment) {
                counts.saw(
                        segment.objects().size(),
                        segment.objects().stream()
                                .mapToLong(each -> each.source().size())
                                .sum());
            }

            @Override
            public void left(Segment segment, int range, boolean begunBefore, List<Noted> before) {
                claim.require();
                new SegmentCopy(target, transfer, same, counts, isFenced() || begunBefore, segment, all -> {
                            claim.require();
                            manifest.done(pass.number(), range, all);
                        })
                        .run(before, objects);
            }
        };
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(terms.findings());
        uploads.finding().ifPresent(findings::add);
        if (source instanceof Bucket bucket && bucket.knowsNoTags()) {
            findings.add(Finding.warning("tags", "The source's store knows no tags, so none were copied."));
        }
        return findings;
    }
}
