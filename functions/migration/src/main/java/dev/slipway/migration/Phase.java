package dev.slipway.migration;

/** Where a migration stands; each value says what is true in it. Persisted by name. */
public enum Phase {
    /** An execution holds the migration; nothing was changed. */
    STARTED,
    /** The plan lies in the artifacts and has no blocker. */
    PLANNED,
    /** The target's stack is complete; its services run no task. */
    PROVISIONED,
    /** Each store has a safety copy that was read back. */
    SNAPSHOTTED,
    /** No store of the source takes the app's writes. */
    FENCED,
    /** Each store was copied whole, and the target does not take the app's writes. */
    RESTORED,
    /** Each store compared same. */
    VERIFIED,
    /** Each store was copied while the app wrote, and its target follows. */
    FOLLOWING,
    /** The new side's services are healthy and carry no traffic. */
    DEPLOYED,
    /** Some of the traffic goes to the new side. */
    SHIFTING,
    /** All of the traffic goes to the new side, which is still read-only. */
    SHIFTED,
    /** The cutover has begun: the target may have taken writes, so nothing goes back without them. */
    CUTTING_OVER,
    /** The target takes the app's writes, the source does not. */
    CUT_OVER,
    /** As {@link #CUT_OVER}, and the report is written. */
    COMPLETE,
    /** A rollback is at work. */
    ROLLING_BACK,
    /** The source takes the app's writes and all of the traffic. */
    ROLLED_BACK,
    /** As {@link #ROLLED_BACK}, and the target is being removed. */
    TAKING_DOWN;

    /** Whether the target may have taken a write of the app. */
    public boolean isPastCutover() {
        return switch (this) {
            case CUTTING_OVER, CUT_OVER, COMPLETE -> true;
            case STARTED,
                    PLANNED,
                    PROVISIONED,
                    SNAPSHOTTED,
                    FENCED,
                    RESTORED,
                    VERIFIED,
                    FOLLOWING,
                    DEPLOYED,
                    SHIFTING,
                    SHIFTED,
                    ROLLING_BACK,
                    ROLLED_BACK,
                    TAKING_DOWN -> false;
        };
    }
}
