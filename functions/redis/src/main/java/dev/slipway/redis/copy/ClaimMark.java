package dev.slipway.redis.copy;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.redis.keys.DatabasePair;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose copy a claim is.
 *
 * @param source host, port and database
 * @param app whose migration copies; empty by hand
 * @param id another one for each claim
 */
record ClaimMark(String source, String app, int attempt, String id) {
    static ClaimMark of(StoreUrl source, Optional<FenceToken> fence) {
        return new ClaimMark(
                DatabasePair.place(source),
                fence.map(FenceToken::app).orElse(""),
                fence.map(FenceToken::attempt).orElse(0),
                UUID.randomUUID().toString());
    }

    /**
     * Whether this one may go on with what another has begun.
     *
     * @throws StaleAttempt if that is a later attempt of the same app
     * @throws TargetNotEmpty if it is somebody else's unfinished copy
     */
    void requireOurs(ClaimMark theirs, String what) {
        boolean sameWork = theirs.app.equals(app) && (!app.isEmpty() || theirs.source.equals(source));
        if (!sameWork) {
            throw new TargetNotEmpty(
                    what,
                    "the target holds an unfinished copy of " + theirs.source
                            + (theirs.app.isEmpty() ? "" : " for the app " + theirs.app),
                    "let that copy end, or empty the target");
        }
        if (theirs.attempt > attempt) {
            throw new StaleAttempt(
                    what, "attempt " + theirs.attempt + " copies to the target now", "leave it to that attempt");
        }
    }
}
