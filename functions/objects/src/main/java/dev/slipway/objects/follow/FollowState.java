package dev.slipway.objects.follow;

/**
 * How far the following of a pair is. That there is one means that the copy was made.
 *
 * @param turns how often the writer has changed; where it is odd, the target takes the writes
 * @param opening whether the side that takes the writes is still to be opened after the last turn
 * @param modesChanged whether a fence may have changed the modes of the source's files since they were listed, and with them the times
 *     of their inodes
 * @param passed when the last pass ended, in milliseconds since 1970
 * @param missing how many bytes it found missing, and brought over
 */
record FollowState(int turns, boolean opening, boolean modesChanged, long passed, long missing) {
    static final FollowState BEGUN = new FollowState(0, false, false, 0, 0);

    Direction direction() {
        return turns % 2 == 0 ? Direction.FORTH : Direction.BACK;
    }

    boolean hasTurned() {
        return turns > 0;
    }

    FollowState afterPass(long now, long bytes, boolean knowsModes) {
        return new FollowState(turns, opening, modesChanged && !knowsModes, now, bytes);
    }

    FollowState withModesChanged() {
        return new FollowState(turns, opening, true, passed, missing);
    }

    /** The other side takes the writes, once it is open. */
    FollowState turned(boolean toOpen) {
        return new FollowState(turns + 1, toOpen, true, passed, missing);
    }

    FollowState opened() {
        return new FollowState(turns, false, modesChanged, passed, missing);
    }
}
