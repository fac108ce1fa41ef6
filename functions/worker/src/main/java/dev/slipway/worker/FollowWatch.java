package dev.slipway.worker;

import dev.slipway.migration.Following;
import dev.slipway.migration.Following.Lag;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.report.Units;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Brings what a target is to follow, says how far it is behind, and gives following up before it fills the source's disk. */
final class FollowWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LOOKS_PER_LINE = 10;

    /** So much comes over in a moment. */
    private static final long NEAR_BYTES = 1 << 20;

    private final Following following;
    private final StoreUrl source;
    private final StoreUrl target;
    private final long keep;
    private final Consumer<String> say;
    private final Consumer<Lag> measured;
    private final Following.Carrier carrier;
    private long looks;

    private FollowWatch(
            Following following,
            StoreUrl source,
            StoreUrl target,
            long keep,
            Consumer<String> say,
            Consumer<Lag> measured,
            Following.Carrier carrier) {
        this.following = following;
        this.source = source;
        this.target = target;
        this.keep = keep;
        this.say = say;
        this.measured = measured;
        this.carrier = carrier;
    }

    /**
     * Goes on with a stream that the object has begun.
     *
     * @param keep bytes of its log that the source may have to keep at most
     * @param measured is given what each look saw
     */
    static FollowWatch open(
            Following following,
            StoreUrl source,
            StoreUrl target,
            long keep,
            Consumer<String> say,
            Consumer<Lag> measured) {
        return new FollowWatch(following, source, target, keep, say, measured, following.carry(source, target));
    }

    /** Until so little is missing that a cutover takes a moment. */
    void untilNear() {
        while (true) {
            Lag lag = look().orElseThrow(() -> new FollowFailed(
                    "follow " + source, "somebody has ended the stream to " + target, "see who did, and copy again"));
            if (lag.flowing() && lag.bytes() <= NEAR_BYTES) {
                return;
            }
            pause();
        }
    }

    /**
     * Until a cutover or a rollback has ended the stream, and the one that it has made of it if that has to be carried, and so on.
     *
     * @param goesOn asked each time it has been looked
     */
    void untilOver(BooleanSupplier goesOn) {
        if (isOver(goesOn) && following.isCarried(target, source)) {
            // Its stream is over: it would ask both sides for it as long as the one back is watched.
            carrier.close();
            say.accept("changes flow from " + target + " to " + source + " from here on, as long as this runs");
            try (FollowWatch turned =
                    open(following, /* source= */ target, /* target= */ source, keep, say, measured)) {
                turned.untilOver(goesOn);
            }
        }
    }

    private boolean isOver(BooleanSupplier goesOn) {
        while (look().isPresent()) {
            if (!goesOn.getAsBoolean()) {
                say.accept("nobody needs the stream any more");
                return false;
            }
            pause();
        }
        say.accept("the stream is over");
        return true;
    }

    private Optional<Lag> look() {
        carrier.check();
        Optional<Lag> lag = following.lag(source, target);
        lag.ifPresent(this::tell);
        return lag;
    }

    private void tell(Lag lag) {
        measured.accept(lag);
        if (lag.kept() > keep) {
            giveUp(lag);
        }
        if (looks % LOOKS_PER_LINE == 0) {
            say.accept(line(lag));
        }
        looks++;
    }

    private void giveUp(Lag lag) {
        following.end(source, target);
        throw new FollowFailed(
                "follow " + source,
                "it had to keep " + Units.bytes(lag.kept()) + " of its log for the target",
                "the stream was ended; see why the target is slow, or allow more by --keep, and copy again");
    }

    private String line(Lag lag) {
        return lag.flowing()
                ? Units.bytes(lag.bytes()) + " behind"
                        + lag.behind()
                                .map(time -> ", " + time.toMillis() + " ms")
                                .orElse("")
                        + "; the source keeps " + Units.bytes(lag.kept())
                : "the target takes nothing in: "
                        + carrier.trouble().orElse("its server's log says why") + "; " + Units.bytes(lag.bytes())
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

    @Override
    public void close() {
        carrier.close();
    }
}
