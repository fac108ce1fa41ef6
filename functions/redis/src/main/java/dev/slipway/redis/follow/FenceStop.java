package dev.slipway.redis.follow;

import dev.slipway.migration.FenceToken;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.session.RedisStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fence of the server itself. */
final class FenceStop implements Stop {
    private final RedisFence fence;
    private final RedisStore side;
    private final FenceToken token;
    private RedisFence.@Nullable Hold hold;

    FenceStop(RedisFence fence, RedisStore side, FenceToken token) {
        this.fence = fence;
        this.side = side;
        this.token = token;
    }

    @Override
    public void put() {
        fence.fence(side, token);
        hold = fence.require(side, token);
    }

    @Override
    public void requireUnbroken() {
        fence.requireUnbroken(side, token, Objects.requireNonNull(hold));
    }

    @Override
    public void lift() {
        fence.unfence(side, token);
    }
}
