package dev.slipway.redis.follow;

import java.io.IOException;
import java.util.Optional;

/** What brings changes from a source to a target, as the target's state says by whom. */
sealed interface Flow extends AutoCloseable permits Relay, Passes {

    /** As the target's state names it. */
    String owner();

    /**
     * Brings over what has come, and waits where nothing has.
     *
     * @return false where another has taken over
     * @throws IOException if a connection has ended
     */
    boolean step() throws IOException;

    /** Why nothing of what was changed is on the target yet, where that is so by design. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    void close();
}
