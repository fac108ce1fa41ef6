package dev.slipway.objects.follow;

import org.jspecify.annotations.Nullable;

/** The state of a pair as long as its lock is held: nobody else changes it, and it is read once. */
final class HeldState {
    private final PairNotes notes;
    private @Nullable FollowState state;

    HeldState(PairNotes notes) {
        this.notes = notes;
    }

    FollowState now() {
        FollowState known = state;
        if (known == null) {
            known = notes.state().orElse(FollowState.BEGUN);
            state = known;
        }
        return known;
    }

    void save(FollowState changed) {
        notes.save(changed);
        state = changed;
    }
}
