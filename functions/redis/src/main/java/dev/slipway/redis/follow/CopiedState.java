package dev.slipway.redis.follow;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.copy.RedisCopy.Followed;
import dev.slipway.redis.replication.StreamPosition;
import dev.slipway.redis.session.RedisStore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state of a target that is copied to: whoever ends it meanwhile is not passed over when the copy is done. */
final class CopiedState implements Followed {
    private final RedisStore target;
    private final StoreUrl source;
    private final Supplier<StreamPosition> copied;
    private @Nullable ChangeWriter writer;

    /** @param copied up to where the target has everything then */
    CopiedState(RedisStore target, StoreUrl source, Supplier<StreamPosition> copied) {
        this.target = target;
        this.source = source;
        this.copied = copied;
    }

    /** @throws FollowFailed if another command copies there by now, or has made it the writer */
    @Override
    public void begun(String claim) {
        if (!StreamState.begin(target, source, StreamState.TO_BE_COPIED, claim)) {
            throw ended();
        }
        writer = ChangeWriter.takeOver(target);
    }

    /** @throws FollowFailed if another command has ended it, or copies in this one's place */
    @Override
    public void done() {
        try (ChangeWriter held = writer) {
            if (held == null || !held.write(copied.get()) || !held.leave()) {
                throw ended();
            }
        }
    }

    private FollowFailed ended() {
        return new FollowFailed(
                "follow " + source + " with " + target.url(),
                "another command has ended that, or does it, too",
                "see who takes the writes");
    }
}
