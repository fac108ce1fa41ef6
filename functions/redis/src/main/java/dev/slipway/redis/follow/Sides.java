package dev.slipway.redis.follow;

import dev.slipway.migration.AppAccess;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.compare.RedisCompare;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.session.RedisStore;
import java.util.Map;
import java.util.Optional;

/**
 * The two sides of a pair: what closes each, and who of them has given the writes to the other.
 *
 * @param accesses of managed sides, which carry no mark
 */
record Sides(RedisFence fence, RedisCompare compare, Map<StoreUrl, AppAccess> accesses) {
    private static final FenceToken GIVEN_UP = new FenceToken("a way back that was given up", 1);

    boolean isManaged(StoreUrl side) {
        return accesses.containsKey(side);
    }

    ClosedFollower closed(StoreUrl follower, StoreUrl writer) {
        AppAccess access = accesses.get(follower);
        Door door = access == null ? new FencedDoor(fence, follower, writer) : new AccountDoor(access, follower);
        return new ClosedFollower(door, follower, writer);
    }

    Stop stop(RedisStore writer, RedisStore follower) {
        AppAccess access = accesses.get(writer.url());
        return access == null
                ? new FenceStop(fence, writer, Side.turnedTo(follower.url()))
                : new AccountStop(access, writer, keys -> compare.areSame(writer, follower, keys));
    }

    /**
     * Whether the side has given its writes to that one, and follows it by what differs. Where each says so of the other, a turn was
     * ended before its end: the one that only we may write to was to take the writes, and has not.
     */
    boolean hasGivenWay(RedisStore side, RedisStore writer) {
        boolean turned = isTurned(side, writer.url());
        boolean turnedBack = turned && isTurned(writer, side.url());
        return turned
                && (!turnedBack || fence.isOurs(side))
                && StreamState.of(writer, side.url()).isEmpty();
    }

    boolean isTurned(RedisStore side, StoreUrl writer) {
        return mark(side).filter(Side.turnedTo(writer)::equals).isPresent();
    }

    boolean isGivenUp(RedisStore side) {
        return mark(side).filter(GIVEN_UP::equals).isPresent();
    }

    /** Nobody follows any more, and what followed stays closed. */
    void giveUp(RedisStore follower, StoreUrl writer) {
        if (!isManaged(follower.url())) {
            fence.pass(follower, Side.turnedTo(writer), GIVEN_UP);
        }
    }

    /** Lets it be copied to again. */
    void takeUp(RedisStore side) {
        fence.unfence(side, GIVEN_UP);
    }

    private Optional<FenceToken> mark(RedisStore side) {
        return accesses.containsKey(side.url()) ? Optional.empty() : fence.marked(side);
    }
}
