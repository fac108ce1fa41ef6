package dev.slipway.objects.copy;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.ObjectPlace;

/**
 * What all parts of a copy have in common.
 *
 * @param targetUrl says with which terms objects are put there
 * @param partBytes larger objects are sent in parts of this many
 * @param ground under which what was noted counts: another for each fence, the same for all calls without one
 */
public record CopyJob(
        ObjectPlace source,
        Bucket target,
        StoreUrl targetUrl,
        int partBytes,
        CopyOptions options,
        String ground,
        Progress progress) {

    /** Both places, for whoever reads of them. */
    String pair() {
        return source.name() + " to " + target.name();
    }

    boolean isFenced() {
        return options.fence().isPresent();
    }
}
