package dev.slipway.objects.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Finding;
import dev.slipway.migration.ReadLimit;
import dev.slipway.objects.manifest.Claim;
import dev.slipway.objects.manifest.Manifest;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.manifest.Pass;
import dev.slipway.objects.manifest.Segment;
import dev.slipway.objects.manifest.UploadNotes;
import dev.slipway.objects.place.Bucket;
import java.util.ArrayList;
import java.util.List;

/** Copies ranges of a pass: some are listed side by side, and what is listed is sent while the rest is. */
final class PassCopy {
    /** Requests wait much longer than they work, so a job is several of them. */
    private static final int REQUESTS_OF_A_JOB = 16;

    /** Each has two connections with a buffer of their own. */
    private static final int MOST_REQUESTS = 512;

    static final int LISTED_AT_ONCE = 4;

    private final CopyJob job;
    private final CopyCounts counts;
    private final TargetTerms terms;
    private final SameObject same;
    private final OwnUploads uploads;
    private final ObjectTransfer transfer;

    PassCopy(CopyJob job) {
        this.job = job;
        this.counts = new CopyCounts(job.source().name(), job.progress());
        this.terms = new TargetTerms(job.targetUrl());
        ReadLimit limit = ReadLimit.of(job.options().pace().bytesPerSecond());
        this.same = new SameObject(job.source(), job.target(), limit);
        this.uploads =
                new OwnUploads(job.target(), new UploadNotes(job.options().notes()));
        this.transfer =
                new ObjectTransfer(job.source(), job.target(), terms, limit, job.partBytes(), job.isFenced(), uploads);
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

    /**
     * Returns when all of these ranges are on the target, and noted.
     *
     * @throws dev.slipway.migration.exception.StaleAttempt if the claim is void
     */
    void run(Manifest manifest, Claim claim, Pass pass, List<Integer> numbers) {
        int atOnce = Math.min(job.options().pace().jobs() * REQUESTS_OF_A_JOB, MOST_REQUESTS);
        try (BoundedTasks objects = new BoundedTasks("objects-copy", atOnce);
                BoundedTasks ranges = new BoundedTasks("objects-range", LISTED_AT_ONCE)) {
            RangeCopy.Work work = work(manifest, claim, pass, objects);
            for (int range : numbers) {
                ranges.run(() -> new RangeCopy(job.source(), manifest, pass, range, work).run());
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
                new SegmentCopy(job.target(), transfer, same, counts, job.isFenced() || begunBefore, segment, all -> {
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
        if (job.source() instanceof Bucket bucket && bucket.knowsNoTags()) {
            findings.add(Finding.warning("tags", "The source's store knows no tags, so none were copied."));
        }
        return findings;
    }
}
