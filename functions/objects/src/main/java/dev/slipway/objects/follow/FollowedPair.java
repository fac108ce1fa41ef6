package dev.slipway.objects.follow;

import dev.slipway.migration.AppAccess;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.session.UrlTerms;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Two stores, as they were named when following began, and which way changes go between them.
 *
 * @param access of the app to the target, where the account knows how to take it away
 */
record FollowedPair(
        StoreUrl source, StoreUrl target, PairNotes notes, Optional<AppAccess> access, Direction direction) {
    private static final int SHORT = 16;

    StoreUrl writer() {
        return direction == Direction.FORTH ? source : target;
    }

    StoreUrl follower() {
        return direction == Direction.FORTH ? target : source;
    }

    /** Whether what stands on the follower may be replaced, whoever has put it there. */
    boolean ownsFollower() {
        return direction == Direction.FORTH && notes.place().owned();
    }

    FollowedPair in(Direction other) {
        return new FollowedPair(source, target, notes, access, other);
    }

    /** Stands on a source while its target takes the writes. No app has a name with blanks. */
    FenceToken turned() {
        String pair = Sha256.hex((source + "\n" + target).getBytes(StandardCharsets.UTF_8));
        return new FenceToken("turned to " + UrlTerms.bucket(target) + " " + pair.substring(0, SHORT), 1);
    }
}
