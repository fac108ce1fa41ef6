package dev.slipway.objects.follow;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.session.UrlTerms;
import java.nio.charset.StandardCharsets;

/** Two stores, as they were named when following began, and which way changes go between them. */
record FollowedPair(StoreUrl source, StoreUrl target, PairNotes notes, Direction direction) {
    private static final int SHORT = 16;

    StoreUrl writer() {
        return direction == Direction.FORTH ? source : target;
    }

    StoreUrl follower() {
        return direction == Direction.FORTH ? target : source;
    }

    /** Stands on a source while its target takes the writes. No app has a name with blanks. */
    FenceToken turned() {
        String pair = Sha256.hex((source + "\n" + target).getBytes(StandardCharsets.UTF_8));
        return new FenceToken("turned to " + UrlTerms.bucket(target) + " " + pair.substring(0, SHORT), 1);
    }
}
