package dev.slipway.redis.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.fence.OwnAccess;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Version;
import java.util.List;

/** What a source and a target have to be for the one to be followed by the other; found out before anything is copied. */
record Requirements(Sides sides, String what) {

    /** @throws FollowFailed if they are not */
    void demand(RedisStore from, RedisStore to) {
        if (sides.hasGivenWay(from, to)) {
            throw new FollowFailed(
                    what, "the target takes the writes: a cutover has turned them", "see 'slipway rollback'");
        }
        if (StreamState.of(to, from.url()).isEmpty() && sides.hasGivenWay(to, from)) {
            throw new FollowFailed(
                    what,
                    "the target did already, before a rollback",
                    "see 'slipway cutover': it brings over what differs");
        }
        StreamState.read(to)
                .filter(state -> !state.source().equals(DatabasePair.place(from.url())))
                .ifPresent(state -> {
                    throw new FollowFailed(what, "it follows " + state.source(), "end that first");
                });
        if (from.isCluster() || to.isCluster()) {
            throw new FollowFailed(what, "one of them is a cluster", "copy without --follow while nothing writes");
        }
        if (!sides.isManaged(from.url()) && !OwnAccess.isPossible(from)) {
            throw new FollowFailed(
                    what,
                    "the source's login may not use CONFIG and ACL, by which its writes are given away and taken back",
                    "give the URL of one who may, or copy without --follow while nothing writes");
        }
        for (RedisStore side : List.of(from, to)) {
            if (!sides.isManaged(side.url()) && !SoleTurn.isPossible(side)) {
                throw new FollowFailed(
                        what,
                        "the login at " + side.url().host() + ":" + side.url().port(6379)
                                + " may not use CLIENT, by which one command ends what another one has left",
                        "give the URL of one who may, or copy without --follow while nothing writes");
            }
        }
        Version older = version(from);
        if (!from.isAtLeast(6, 0)) {
            throw new FollowFailed(
                    what,
                    "the source's version " + older + " could not take its writes back (6.0 can)",
                    "copy without --follow while nothing writes");
        }
        if (version(to).compareTo(older) < 0) {
            throw new FollowFailed(
                    what,
                    "the target's version " + version(to) + " is older than the source's " + older,
                    "take a target of that version or a later one");
        }
    }

    private static Version version(RedisStore store) {
        return Version.parse(store.info("server").getOrDefault("redis_version", ""))
                .orElseThrow(() -> new FollowFailed(
                        "follow with " + store.url(), "it does not tell its version", "copy without --follow"));
    }
}
