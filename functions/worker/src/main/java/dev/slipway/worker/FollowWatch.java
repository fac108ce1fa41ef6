package dev.slipway.worker;

import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Lag;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.report.Units;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Says how far a target is behind, and gives following up before it fills the source's disk. */
final class FollowWatch {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LOOKS_PER_LINE = 10;

    private final Following following;
    private final StoreUrl source;
    private final StoreUrl target;
    private final long keep;
    private final Consumer<String> say;

    /** @param keep bytes of its log that the source may have to keep at most */
    FollowWatch(Following following, StoreUrl source, StoreUrl target, long keep, Consumer<String> say) {
        this.following = following;
        this.source = source;
        this.target = target;
        this.keep = keep;
        this.say = say;
    }

    /** Until a cutover or a rollback has ended the stream. */
    void untilOver() {
        try (Following.Carrier carrier = following.carry(source, target)) {
            watch(carrier);
        }
    }

    private void watch(Following.Carrier carrier) {
        say.accept("follows from here on; 'slipway cutover' or 'slipway rollback' ends it");
        for (int looks = 0; ; looks++) {
            carrier.check();
            Optional<Lag> lag = following.lag(source, target);
            if (lag.isEmpty()) {
                say.accept("the stream is over");
                return;
            }
            if (lag.get().kept() > keep) {
                giveUp(lag.get());
            }
            if (looks % LOOKS_PER_LINE == 0) {
                say.accept(line(lag.get()));
            }
            pause();
        }
    }

    private void giveUp(Lag lag) {
        following.end(source, target);
        throw new FollowFailed(
                "follow " + source,
                "it had to keep " + Units.bytes(lag.kept()) + " of its log for the target",
                "the stream was ended; see why the target is slow, or allow more by --keep, and copy again");
    }

    private static String line(Lag lag) {
        return lag.flowing()
                ? Units.bytes(lag.bytes()) + " behind"
                        + lag.behind()
                                .map(time -> ", " + time.toMillis() + " ms")
                                .orElse("")
                        + "; the source keeps " + Units.bytes(lag.kept())
                : "the target takes nothing in: its server's log says why; " + Units.bytes(lag.bytes())
                        + " behind, the source keeps " + Units.bytes(lag.kept());
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FollowFailed("watch a stream", "it was interrupted", "the stream goes on; run the same again", e);
        }
    }
}
