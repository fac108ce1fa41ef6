package dev.slipway.objects.compare;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.Progress;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyMerge;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.place.Keyed;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.place.ObjectPlace;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads both sides' listings side by side and compares every object by content and attributes. */
public final class ObjectsCompare {
    private static final int AT_ONCE = 32;

    private final ObjectPlace source;
    private final ObjectPlace target;
    private final Progress progress;
    private final ObjectCompare objects;
    private final Tally tally = new Tally();
    private final Consumer<Differing> differing;

    public ObjectsCompare(ObjectPlace source, ObjectPlace target, Progress progress) {
        this(source, target, progress, object -> {});
    }

    /** An object that differs, as each side lists it. */
    public record Differing(String key, Optional<Item> source, Optional<Item> target) {}

    /** @param differing hears of each object that differs, from any thread */
    public ObjectsCompare(ObjectPlace source, ObjectPlace target, Progress progress, Consumer<Differing> differing) {
        this.source = source;
        this.target = target;
        this.progress = progress;
        this.objects = new ObjectCompare(source, answers(source), target, answers(target));
        this.differing = differing;
    }

    public Comparison compare() {
        try (Listing wanted = source.list(KeyRange.ALL);
                Listing found = target.list(KeyRange.ALL);
                BoundedTasks tasks = new BoundedTasks("objects-compare", AT_ONCE)) {
            KeyMerge<Item, Item, Keyed> rows = KeyMerge.of(wanted, found);
            while (rows.hasNext()) {
                KeyMerge.Row<Item, Item, Keyed> row = rows.next();
                tasks.run(() -> compare(row));
            }
            tasks.await();
        }
        return tally.outcome();
    }

    private void compare(KeyMerge.Row<Item, Item, Keyed> row) {
        if (row.second().isEmpty()) {
            row.first().ifPresent(item -> different(row, Side.ONLY_SOURCE, item.size() + " bytes"));
        } else if (row.first().isEmpty()) {
            row.second().ifPresent(item -> different(row, Side.ONLY_TARGET, item.size() + " bytes"));
        } else {
            compare(row, row.first().get(), row.second().get());
        }
    }

    private void compare(KeyMerge.Row<Item, Item, Keyed> row, Item here, Item there) {
        switch (objects.compare(here, there)) {
            case Verdict.Same same -> progress.report(tally.same(source.name(), row.key(), same));
            case Verdict.Different different -> different(row, Side.BOTH, different.detail());
            case Verdict.Unknown unknown -> tally.unknown(row.key(), unknown.why());
        }
    }

    private void different(KeyMerge.Row<Item, Item, Keyed> row, Side side, String detail) {
        tally.different(side, row.key(), detail);
        differing.accept(new Differing(row.key(), row.first(), row.second()));
    }

    /**
     * Whether the place's checksums stand for the content as it is. Amazon's S3 reads its objects again and again to hold them to
     * theirs. Another server may have noted one when the object came and never have looked again.
     */
    public static boolean answers(ObjectPlace place) {
        return place instanceof Bucket bucket && bucket.wire().isAmazons();
    }
}
