package dev.slipway.objects.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.manifest.Manifest;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.manifest.Pass;
import dev.slipway.objects.manifest.Segment;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyMerge;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.place.ObjectPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes a bucket's prefix hold exactly the source's objects. Ranges of keys are listed side by side, and what is listed is sent while
 * the rest is. What was noted by an earlier call is neither listed nor sent again.
 */
public final class ObjectsCopy {
    /** Larger objects are sent in parts of this many bytes. */
    public static final int PART = 8 << 20;

    /** Requests wait much longer than they work, so a job is several of them. */
    private static final int REQUESTS_OF_A_JOB = 16;

    private static final int LISTED_AT_ONCE = 4;
    private static final int RANGES = 32;

    private final ObjectPlace source;
    private final Bucket target;
    private final CopyOptions options;
    private final String ground;
    private final CopyCounts counts;
    private final TargetTerms terms;
    private final SameObject same;
    private final ObjectTransfer transfer;

    /** @param ground under which what was noted counts: another for each fence, the same for all calls without one */
    public ObjectsCopy(
            ObjectPlace source,
            Bucket target,
            StoreUrl targetUrl,
            int partBytes,
            CopyOptions options,
            String ground,
            Progress progress) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.ground = ground;
        this.counts = new CopyCounts(source.name(), progress);
        this.terms = new TargetTerms(targetUrl);
        ReadLimit limit = ReadLimit.of(options.pace().bytesPerSecond());
        this.same = new SameObject(source, target, limit);
        this.transfer = new ObjectTransfer(
                source, target, terms, limit, partBytes, options.fence().isPresent());
    }

    public CopyOutcome copy() {
        try {
            if (options.notes().isPresent()) {
                return copy(new Manifest(options.notes().get()));
            }
            Path forgotten = Files.createTempDirectory("slipway-copy");
            try {
                return copy(new Manifest(new CopyNotes(new FolderArtifacts(forgotten), "")));
            } finally {
                delete(forgotten);
            }
        } catch (SdkException e) {
            throw new CopyFailed(
                    "copy " + source.name() + " to " + target.name(),
                    "S3 answered '" + e.getMessage() + "'",
                    "check the rights of these credentials and the bucket's policy",
                    e);
        } catch (IOException e) {
            throw new StoreUnreachable(
                    "copy " + source.name() + " to " + target.name(),
                    "it could not be read or written (" + e.getMessage() + ")",
                    "check that both sides answer",
                    e);
        }
    }

    private CopyOutcome copy(Manifest manifest) throws IOException {
        Pass pass = pass(manifest);
        if (!isFenced()) {
            new TargetGround(source, target, same, manifest).requireOurs(pass);
        }
        manifest.begin(pass);
        target.giveUpUnfinishedUploads();
        copy(manifest, pass);
        if (isFenced()) {
            requireStill(manifest, pass);
        }
        manifest.finish(pass);
        return counts.outcome(findings());
    }

    private boolean isFenced() {
        return options.fence().isPresent();
    }

    /** Goes on with a pass under the same ground; otherwise begins the next one, with the same ranges. */
    private Pass pass(Manifest manifest) {
        Optional<Pass> newest = manifest.pass();
        if (newest.isEmpty()) {
            return new Pass(1, ground, source.cut(RANGES), false);
        }
        Pass last = newest.get();
        boolean goesOn = !last.finished() && last.ground().equals(ground);
        return goesOn ? last : new Pass(last.number() + 1, ground, last.ranges(), false);
    }

    private void copy(Manifest manifest, Pass pass) {
        int atOnce = options.pace().jobs() * REQUESTS_OF_A_JOB;
        try (BoundedTasks objects = new BoundedTasks("objects-copy", atOnce);
                BoundedTasks ranges = new BoundedTasks("objects-range", LISTED_AT_ONCE)) {
            for (int i = 0; i < pass.ranges().size(); i++) {
                int range = i;
                ranges.run(() -> new RangeCopy(source, manifest, pass, range, work(manifest, pass, objects)).run());
            }
            ranges.await();
            objects.await();
        }
    }

    private RangeCopy.Work work(Manifest manifest, Pass pass, BoundedTasks objects) {
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
                new SegmentCopy(
                                target,
                                transfer,
                                same,
                                counts,
                                isFenced() || begunBefore,
                                segment,
                                all -> manifest.done(pass.number(), range, all))
                        .run(before, objects);
            }
        };
    }

    /** A source that cannot be fenced is read once more: what was written there while it was copied is noticed. */
    private void requireStill(Manifest manifest, Pass pass) {
        if (!(source instanceof Bucket)) {
            return;
        }
        for (int i = 0; i < pass.ranges().size(); i++) {
            KeyRange keys = pass.ranges().get(i);
            try (Listing now = source.list(keys)) {
                KeyMerge.of(now, manifest.objects(pass.number(), i)).forEachRemaining(row -> {
                    Optional<Item> then = row.second().map(Noted::source);
                    if (!row.first().equals(then)) {
                        throw new FenceBroken(
                                "copy " + source.name(),
                                "'" + row.key() + "' was written or deleted there meanwhile",
                                "stop what writes there and copy it again");
                    }
                });
            }
        }
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(terms.findings());
        if (source instanceof Bucket bucket && bucket.knowsNoTags()) {
            findings.add(Finding.warning("tags", "The source's store knows no tags, so none were copied."));
        }
        return findings;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
