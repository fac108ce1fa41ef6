package dev.slipway.local.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the people of the app with messages write all the time. */
final class PreschoolWrites {
    private static final LiveWrites.Place MESSAGES = new LiveWrites.Place.Rows("messages", "id", "body");
    private static final LiveWrites PLAIN = LiveWrites.of("live-", "/auth/messages?plain", LiveWrites.HASTE, MESSAGES)
            .withKey(id -> "message:auth:" + id);

    private PreschoolWrites() {}

    /**
     * One of them writes texts that become files.
     *
     * @param leisure between two of those
     */
    static List<LiveWrites> of(int writers, Duration leisure) {
        List<LiveWrites> each = new ArrayList<>(Collections.nCopies(writers - 1, PLAIN));
        each.add(LiveWrites.of("file-live-", "/auth/messages", leisure, MESSAGES)
                .withKey(id -> "message:auth:" + id)
                .withObject(id -> "messages/auth-" + id + ".txt"));
        return each;
    }
}
