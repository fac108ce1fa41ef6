package dev.slipway.postgres.fence;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a copy stands on: a fence that keeps the source as it is, or only the snapshot of the moment.
 *
 * @param owner whose copy it is
 * @param nonce under which parts of an earlier run count; those of a run without a fence have to be proved first
 * @param fenced whether the source cannot change
 */
public record CopyGround(FenceToken owner, String nonce, boolean fenced) {
    /** No app has a name with blanks. */
    private static final CopyGround SNAPSHOT =
            new CopyGround(new FenceToken("a copy without a fence", 1), "snapshot", false);

    /** Who copies, follows and fences where no migration does. */
    public static FenceToken ofNobody() {
        return SNAPSHOT.owner;
    }

    /** @throws FenceBroken if the token's fence does not stand */
    public static CopyGround of(PostgresSession from, StoreUrl source, Optional<FenceToken> token) throws SQLException {
        return token.isEmpty() ? SNAPSHOT : under(from, source, token.get());
    }

    private static CopyGround under(PostgresSession from, StoreUrl source, FenceToken token) throws SQLException {
        FenceState standing = PostgresFence.checked(from, source).orElseThrow(() -> broken(source, "none stands"));
        if (!standing.token().equals(token)) {
            throw broken(source, "it belongs to " + standing.token() + ", not to " + token);
        }
        return new CopyGround(token, standing.nonce(), true);
    }

    /** @throws FenceBroken if the fence was open meanwhile */
    public void requireUnbroken(PostgresSession from, StoreUrl source) throws SQLException {
        if (fenced && !under(from, source, owner).equals(this)) {
            throw broken(source, "it was lifted and raised again in the meantime");
        }
    }

    private static FenceBroken broken(StoreUrl source, String why) {
        return new FenceBroken("copy under the fence of " + source, why, "fence the source, then copy again");
    }
}
