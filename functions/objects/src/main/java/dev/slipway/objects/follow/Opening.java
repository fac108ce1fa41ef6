package dev.slipway.objects.follow;

import dev.slipway.objects.place.Places;

/** Gives the writes to the side that followed. It is noted before that side opens, so that nothing but its opening can come after. */
final class Opening {
    private Opening() {}

    static void turn(FollowedPair pair, FollowState state) {
        boolean closed = Places.isFolder(pair.follower()) || pair.access().isPresent();
        FollowState turned = state.turned(closed);
        pair.notes().save(turned);
        finish(pair, turned);
    }

    /** Opens what was to be opened by a turn that was ended. */
    static void finish(FollowedPair pair) {
        finish(pair, pair.notes().state().orElseThrow());
    }

    private static void finish(FollowedPair pair, FollowState state) {
        if (state.opening()) {
            Sides.gate(pair.in(state.direction())).open();
            pair.notes().save(state.opened());
        }
    }
}
