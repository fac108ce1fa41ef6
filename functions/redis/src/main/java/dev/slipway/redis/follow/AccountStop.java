package dev.slipway.redis.follow;

import dev.slipway.migration.AppAccess;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.redis.keys.ChangedKeys;
import dev.slipway.redis.session.RedisStore;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The account takes the app its right to write; that it has is proved by the server, which tells of every key that is changed. */
final class AccountStop implements Stop {
    private final AppAccess access;
    private final RedisStore side;
    private final Predicate<List<byte[]>> areSame;
    private @Nullable Witness witness;

    /** @param areSame whether keys of these names hold the same on both sides */
    AccountStop(AppAccess access, RedisStore side, Predicate<List<byte[]>> areSame) {
        this.access = access;
        this.side = side;
        this.areSame = areSame;
    }

    @Override
    public void put() {
        SoleTurn.demandGoingOn(side);
        access.close();
        try {
            witness = Witness.post(side);
        } catch (IOException e) {
            throw broken("it does not tell which keys are changed (" + RedisStore.reason(e) + ")", e);
        }
    }

    /** Keys may have gone at their time on both sides. */
    @Override
    public void requireUnbroken() {
        ChangedKeys changed = new ChangedKeys();
        try {
            if (witness != null) {
                witness.hearUntilNow(changed);
            }
        } catch (IOException e) {
            throw broken("it tells no more which keys are changed (" + RedisStore.reason(e) + ")", e);
        }
        if (witness == null || changed.whyAll().isPresent() || !areSame.test(changed.take())) {
            throw broken("keys of it were changed since", /* cause= */ null);
        }
    }

    private FenceBroken broken(String why, @Nullable Exception cause) {
        return new FenceBroken(
                "close the Redis at " + side.url().host() + " to its app",
                why,
                "see whether somebody else than the app has a login there, and start again",
                cause);
    }

    @Override
    public void lift() {
        SoleTurn.demandGoingOn(side);
        access.open();
    }

    @Override
    public void close() {
        if (witness != null) {
            witness.close();
        }
    }
}
