package dev.slipway.objects.compare;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.Progress;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.BucketVersions;
import dev.slipway.objects.place.History;
import dev.slipway.objects.place.KeyMerge;
import dev.slipway.objects.place.Keyed;
import java.util.ArrayList;
import java.util.List;

/** Compares all versions of two buckets' objects: how many there are, in which order, and each by content and attributes. */
public final class VersionsCompare {
    private static final int AT_ONCE = 32;

    private final BucketVersions source;
    private final BucketVersions target;
    private final Progress progress;
    private final ObjectCompare objects;
    private final Tally tally = new Tally();

    public VersionsCompare(Bucket source, Bucket target, Progress progress) {
        this.source = new BucketVersions(source);
        this.target = new BucketVersions(target);
        this.progress = progress;
        this.objects = new ObjectCompare(
                this.source,
                source.wire().isAmazons(),
                this.target,
                target.wire().isAmazons());
    }

    public Comparison compare() {
        try (BoundedTasks tasks = new BoundedTasks("objects-compare", AT_ONCE)) {
            KeyMerge<History, History, Keyed> rows = KeyMerge.of(source.histories(), target.histories());
            while (rows.hasNext()) {
                KeyMerge.Row<History, History, Keyed> row = rows.next();
                tasks.run(() -> compare(row));
            }
            tasks.await();
        }
        return tally.outcome();
    }

    private void compare(KeyMerge.Row<History, History, Keyed> row) {
        if (row.second().isEmpty()) {
            row.first().ifPresent(here -> tally.different(Side.ONLY_SOURCE, row.key(), count(here)));
        } else if (row.first().isEmpty()) {
            row.second().ifPresent(there -> tally.different(Side.ONLY_TARGET, row.key(), count(there)));
        } else if (!shape(row.first().get()).equals(shape(row.second().get()))) {
            tally.different(
                    Side.BOTH,
                    row.key(),
                    count(row.first().get()) + " on the source and "
                            + count(row.second().get()) + " on the target");
        } else {
            compare(row.first().get(), row.second().get());
        }
    }

    private void compare(History here, History there) {
        for (int i = 0; i < here.versions().size(); i++) {
            History.Version version = here.versions().get(i);
            String name = here.key() + " version " + (i + 1) + " of "
                    + here.versions().size();
            Verdict verdict = version.deleted()
                    ? new Verdict.Same(0, "deleted", /* read= */ false)
                    : objects.compare(version.item(), there.versions().get(i).item());
            switch (verdict) {
                case Verdict.Same same -> progress.report(tally.same(source.name(), name, same));
                case Verdict.Different different -> tally.different(Side.BOTH, name, different.detail());
                case Verdict.Unknown unknown -> tally.unknown(name, unknown.why());
            }
        }
    }

    /** Where it was deleted, and where not. */
    private static List<Boolean> shape(History history) {
        return history.versions().stream().map(History.Version::deleted).toList();
    }

    /** The oldest first. */
    private static String count(History history) {
        List<String> words = new ArrayList<>();
        history.versions().forEach(version -> words.add(version.deleted() ? "deleted" : "written"));
        return history.versions().size() + " versions (" + String.join(", ", words) + ")";
    }
}
