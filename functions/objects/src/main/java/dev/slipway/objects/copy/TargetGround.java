package dev.slipway.objects.copy;

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
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at all that is on the target before anything is changed there: whether it is ours by the notes, or the same as the source's. */
final class TargetGround {
    private final ObjectPlace source;
    private final Bucket target;
    private final SameObject same;
    private final Manifest manifest;

    TargetGround(ObjectPlace source, Bucket target, SameObject same, Manifest manifest) {
        this.source = source;
        this.target = target;
        this.same = same;
        this.manifest = manifest;
    }

    /** @throws dev.slipway.migration.exception.TargetNotEmpty if something else is there */
    void requireOurs(Pass pass) throws IOException {
        if (target.firstAfter("").isEmpty()) {
            return;
        }
        for (int range = 0; range < pass.ranges().size(); range++) {
            requireOurs(pass.ranges().get(range), pass.number(), range);
        }
    }

    private void requireOurs(KeyRange keys, int pass, int range) throws IOException {
        try (Listing there = target.list(keys)) {
            if (!there.hasNext()) {
                return;
            }
            KeyMerge<Item, Noted, Noted> rows =
                    new KeyMerge<>(there, begun(pass, range), manifest.objects(pass - 1, range));
            while (rows.hasNext()) {
                KeyMerge.Row<Item, Noted, Noted> row = rows.next();
                if (row.first().isPresent()
                        && !isOurs(row)
                        && !isSame(row.first().get())) {
                    throw SegmentCopy.foreign(target, row.key());
                }
            }
        }
    }

    private Iterator<Noted> begun(int pass, int range) {
        Iterator<Segment> segments = manifest.segments(pass, range);
        return Stream.generate(() -> segments)
                .takeWhile(Iterator::hasNext)
                .flatMap(each -> each.next().objects().stream())
                .iterator();
    }

    /** What was begun and not ended may be there as we left it or not. */
    private static boolean isOurs(KeyMerge.Row<Item, Noted, Noted> row) {
        Item there = row.first().orElseThrow();
        return row.second().filter(noted -> !noted.hasArrived()).isPresent()
                || SegmentCopy.isAsNoted(there, row.second())
                || SegmentCopy.isAsNoted(there, row.third());
    }

    private boolean isSame(Item there) throws IOException {
        Optional<Item> here = source.find(there.key());
        return here.isPresent() && same.checksum(here.get(), there).isPresent();
    }
}
