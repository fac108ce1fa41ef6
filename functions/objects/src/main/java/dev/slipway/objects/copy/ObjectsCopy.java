package dev.slipway.objects.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.objects.manifest.Claim;
import dev.slipway.objects.manifest.Manifest;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.manifest.Pass;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyMerge;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.place.ObjectPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a bucket's prefix hold exactly the source's objects. Ranges of keys are listed side by side, and what is listed is sent while
 * the rest is. What was noted by an earlier call, or by the workers of shards, is neither listed nor sent again.
 */
public final class ObjectsCopy {
    /** Larger objects are sent in parts of this many bytes. */
    public static final int PART = 8 << 20;

    /** As many as one worker has use for. */
    static final int RANGES = 32;

    private final CopyJob job;
    private final PassCopy copy;
    private final String what;

    public ObjectsCopy(CopyJob job) {
        this.job = job;
        this.copy = new PassCopy(job);
        this.what = "copy " + job.pair();
    }

    public CopyOutcome copy() {
        return FailedCopy.told(what, () -> {
            if (job.options().notes().isPresent()) {
                return copy(job.options().notes().get());
            }
            Path forgotten = Files.createTempDirectory("slipway-copy");
            try {
                return copy(new CopyNotes(new FolderArtifacts(forgotten), ""));
            } finally {
                delete(forgotten);
            }
        });
    }

    private CopyOutcome copy(CopyNotes notes) throws IOException {
        ObjectPlace source = job.source();
        Manifest manifest = new Manifest(notes);
        Claim claim = Claim.take(notes, job.options().fence(), what);
        Pass pass = manifest.next(job.ground(), () -> source.cut(RANGES));
        // Nobody asks a bucket twice: it takes requests.
        boolean asked =
                source instanceof Bucket && manifest.pass().filter(pass::equals).isPresent();
        List<Finding> left = asked ? List.of() : source.requireCopyable();
        if (!job.isFenced()) {
            new TargetGround(source, job.target(), copy.same(), manifest).requireOurs(pass);
        }
        manifest.begin(pass);
        copy.uploads().takeStock();
        copy.run(
                manifest,
                claim,
                pass,
                IntStream.range(0, pass.ranges().size()).boxed().toList());
        if (job.isFenced()) {
            requireStill(manifest, pass);
        }
        claim.require();
        manifest.finish(pass);
        return copy.counts()
                .outcome(Stream.concat(left.stream(), copy.findings().stream()).toList());
    }

    /** A source that cannot be fenced is read once more: what was written there while it was copied is noticed. */
    private void requireStill(Manifest manifest, Pass pass) {
        if (!(job.source() instanceof Bucket)) {
            return;
        }
        try (BoundedTasks looks = new BoundedTasks("objects-still", PassCopy.LISTED_AT_ONCE)) {
            for (int i = 0; i < pass.ranges().size(); i++) {
                int range = i;
                looks.run(() -> requireStill(pass.ranges().get(range), manifest.objects(pass.number(), range)));
            }
            looks.await();
        }
    }

    private void requireStill(KeyRange keys, Iterator<Noted> noted) {
        try (Listing now = job.source().list(keys)) {
            KeyMerge.of(now, noted).forEachRemaining(row -> {
                Optional<Item> then = row.second().map(Noted::source);
                if (!row.first().equals(then)) {
                    throw new FenceBroken(
                            "copy " + job.source().name(),
                            "'" + row.key() + "' was written or deleted there meanwhile",
                            "stop what writes there and copy it again");
                }
            });
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
