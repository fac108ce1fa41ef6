package dev.slipway.objects.copy;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.manifest.UploadNotes;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.BucketVersions;
import dev.slipway.objects.place.History;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyMerge;
import dev.slipway.objects.place.Keyed;
import dev.slipway.objects.place.ReadRefused;
import dev.slipway.objects.session.WireRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a bucket's prefix all versions that another one has, of each key the oldest first, deletion markers too. A history is only ever
 * added to: what the target has of a key must be how the source's began, or nothing is changed. That is also how a copy goes on.
 */
public final class VersionsCopy {
    private static final int REQUESTS_OF_A_JOB = 16;

    /** What a copy that was stopped had asked for last may still be under way in the server, which shows halves of it. */
    private static final RetryPolicy<Object> SECOND_LOOK = RetryPolicy.builder()
            .handle(TargetNotEmpty.class)
            .withDelay(Duration.ofMillis(500))
            .withMaxRetries(3)
            .build();

    private final BucketVersions source;
    private final Bucket target;
    private final BucketVersions kept;
    private final CopyOptions options;
    private final CopyCounts counts;
    private final TargetTerms terms;
    private final SameObject same;
    private final OwnUploads uploads;
    private final ObjectTransfer transfer;

    public VersionsCopy(
            Bucket source, Bucket target, StoreUrl targetUrl, int partBytes, CopyOptions options, Progress progress) {
        this.source = new BucketVersions(source);
        this.target = target;
        this.kept = new BucketVersions(target);
        this.options = options;
        this.counts = new CopyCounts(source.name(), progress);
        this.terms = new TargetTerms(targetUrl);
        ReadLimit limit = ReadLimit.of(options.pace().bytesPerSecond());
        this.same = new SameObject(this.source, kept, limit);
        this.uploads = new OwnUploads(target, new UploadNotes(options.notes()));
        this.transfer = new ObjectTransfer(this.source, target, terms, limit, partBytes, /* fenced= */ false, uploads);
    }

    public CopyOutcome copy() {
        if (!kept.areKept()) {
            throw new InvalidInput(
                    "copy all versions to " + target.name(),
                    "that bucket keeps no versions",
                    "turn its versioning on, or leave out ?versions=all");
        }
        try {
            Failsafe.with(SECOND_LOOK).run(() -> each(this::requireBeginning));
            uploads.takeStock();
        } catch (IOException e) {
            throw failed(target.name(), e);
        }
        each(this::bring);
        List<Finding> findings = new ArrayList<>(terms.findings());
        uploads.finding().ifPresent(findings::add);
        return counts.outcome(findings);
    }

    /** Work on one key. */
    @FunctionalInterface
    private interface Work {
        void run(History here, History there) throws IOException;
    }

    private void each(Work work) {
        try (BoundedTasks tasks =
                new BoundedTasks("objects-versions", options.pace().jobs() * REQUESTS_OF_A_JOB)) {
            KeyMerge<History, History, Keyed> rows = KeyMerge.of(source.histories(), kept.histories());
            while (rows.hasNext()) {
                KeyMerge.Row<History, History, Keyed> row = rows.next();
                History none = new History(row.key(), List.of());
                tasks.run(() ->
                        attempt(work, row.first().orElse(none), row.second().orElse(none)));
            }
            tasks.await();
        }
    }

    private void attempt(Work work, History here, History there) {
        try {
            work.run(here, there);
        } catch (ReadRefused e) {
            throw e.inWords(", then copy again: it goes on");
        } catch (IOException e) {
            throw failed("'" + here.key() + "' to " + target.name(), e);
        }
    }

    private void requireBeginning(History here, History there) throws IOException {
        boolean begins = there.versions().size() <= here.versions().size();
        for (int i = 0; begins && i < there.versions().size(); i++) {
            begins = isSame(here.versions().get(i), there.versions().get(i));
        }
        if (!begins) {
            throw new TargetNotEmpty(
                    "copy all versions of '" + here.key() + "' to " + target.name(),
                    "it has versions there with which the source's do not begin",
                    "name an empty prefix, or remove what is there");
        }
    }

    private boolean isSame(History.Version here, History.Version there) throws IOException {
        return here.deleted() == there.deleted()
                && (here.deleted() || same.checksum(here.item(), there.item()).isPresent());
    }

    private void bring(History here, History there) throws IOException {
        Optional<Item> last = there.versions().isEmpty()
                ? Optional.empty()
                : Optional.of(there.versions().getLast().item());
        counts.saw(there.versions().size(), 0);
        for (int i = there.versions().size(); i < here.versions().size(); i++) {
            History.Version next = here.versions().get(i);
            last = Optional.of(next.deleted() ? delete(next.item(), i) : send(next.item(), last, i));
            counts.saw(1, next.item().size());
        }
    }

    /** Stores differ in whether a deletion counts as an object that is there, so it has no tag to be demanded. */
    private Item delete(Item version, int before) throws IOException {
        kept.delete(version.key(), before);
        counts.removed();
        return version;
    }

    private Item send(Item version, Optional<Item> last, int before) throws IOException {
        Noted arrived = transfer.sendWhile(kept.hasNoMoreThan(before, version.key()), version, last)
                .orElseThrow(() -> gone(version));
        counts.sent(version.size());
        return new Item(version.key(), version.size(), "", arrived.targetTag());
    }

    private CopyFailed gone(Item version) {
        return new CopyFailed(
                "copy '" + version.key() + "' of " + source.name(),
                "its version " + version.stamp() + " was deleted meanwhile",
                "stop what deletes versions there, then copy again");
    }

    private StoreUnreachable failed(String what, IOException e) {
        return new StoreUnreachable(
                "copy all versions of " + what,
                e instanceof WireRefusal
                        ? String.valueOf(e.getMessage())
                        : "it could not be read or written (" + e.getMessage() + ")",
                "check that both sides answer and the rights of both, then copy again: it goes on",
                e);
    }
}
