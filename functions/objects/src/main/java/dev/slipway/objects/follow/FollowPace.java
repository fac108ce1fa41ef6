package dev.slipway.objects.follow;

import java.time.Duration;

/**
 * How often both sides are looked at.
 *
 * @param interval between two passes of a target that follows, at least
 * @param quiet for how long a bucket has to be written nothing before its writes are taken over
 */
public record FollowPace(Duration interval, Duration quiet) {
    public static final FollowPace DEFAULT = new FollowPace(Duration.ofSeconds(5), Duration.ofSeconds(3));
}
