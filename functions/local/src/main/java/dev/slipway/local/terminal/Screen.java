package dev.slipway.local.terminal;

import java.time.Instant;

/** Shows events, one way or the other. */
interface Screen {
    void show(Event event);

    /** Time went by. */
    void tick(Instant now);

    void close();
}
