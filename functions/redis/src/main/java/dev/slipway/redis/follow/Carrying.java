package dev.slipway.redis.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.session.RedisStore;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings changes over on a thread of its own while a turn does other things. */
final class Carrying implements AutoCloseable {
    private final Relay relay;
    private final Thread thread =
            Thread.ofPlatform().name("redis-carry").daemon().unstarted(this::run);
    private volatile @Nullable RuntimeException failure;

    private Carrying(Relay relay) {
        this.relay = relay;
    }

    static Carrying start(Relay relay) {
        Carrying carrying = new Carrying(relay);
        carrying.thread.start();
        return carrying;
    }

    private void run() {
        try {
            while (relay.step()) {
                // Each step waits for what comes next.
            }
            failure = new FollowFailed(
                    "bring the last changes over", "another turn has taken this one's place", "leave it to that one");
        } catch (IOException e) {
            failure = new TurnRefused("the stream broke (" + RedisStore.reason(e) + ")");
        } catch (FollowFailed e) {
            failure = new TurnRefused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /**
     * The place up to which everything is on the target.
     *
     * @throws RuntimeException why nothing comes over any more
     */
    long done() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return relay.done().bytes();
    }

    /** The last command by which somebody has written behind a place; of what is done. */
    Optional<String> writtenBehind(long place) {
        return relay.writtenBehind(place);
    }

    /** Leaves the target to whoever comes next. */
    void leave() {
        relay.leave();
    }

    /** Nobody brings anything there any more; false where another has taken over before. */
    boolean remove() {
        return relay.remove();
    }

    @Override
    public void close() {
        relay.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
