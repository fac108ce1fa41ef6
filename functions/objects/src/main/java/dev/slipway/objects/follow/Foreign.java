package dev.slipway.objects.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.objects.place.ObjectReader;

/** What somebody else has put on the side that follows. */
final class Foreign {
    private Foreign() {}

    static FollowFailed object(ObjectReader follower, String key) {
        return new FollowFailed(
                "bring changes to " + follower.name(),
                "'" + key + "' there is neither what was brought there nor the same as on the other side:"
                        + " somebody else has written it",
                "stop what writes there, and remove that object if nobody needs it");
    }
}
