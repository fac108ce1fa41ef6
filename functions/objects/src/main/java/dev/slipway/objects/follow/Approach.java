package dev.slipway.objects.follow;

import java.time.Duration;

/** How near passes have come to a writer that goes on writing: whether everybody may wait for the next one. */
final class Approach {
    private static final int MOST_PASSES = 10;

    /** So few are brought over in a moment. */
    private static final long FEW = 10;

    private final Duration longest;
    private Duration before;
    private int passes;

    /**
     * Begins with the pass that has compared everything.
     *
     * @param longest that everybody may wait
     */
    Approach(Duration longest, Found first) {
        this.longest = longest;
        this.before = first.took();
    }

    /** A pass finds what was written during the one before it, so the next one is as much shorter. */
    boolean isNear(Found found) {
        passes++;
        boolean quick = found.took().multipliedBy(2).compareTo(longest) < 0;
        boolean steady = found.changed() <= FEW
                || found.took().compareTo(before.multipliedBy(3).dividedBy(4)) > 0;
        before = found.took();
        return quick && (steady || isOver());
    }

    /** A quick one comes near enough then, also where the next would be quicker. */
    boolean isOver() {
        return passes >= MOST_PASSES;
    }
}
