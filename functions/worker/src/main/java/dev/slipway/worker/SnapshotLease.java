package dev.slipway.worker;

import java.util.Optional;

/** Says for how long the snapshot of a store has to be held: its coordinator opens it, the shards' workers renew it, the machine closes it. */
interface SnapshotLease {

    /** Makes this coordinator the one that holds the snapshot; an earlier one sees it and ends. */
    void open(String holder);

    /** Says that somebody copies under the holder's claim. */
    void renew(String holder);

    /** As it is now. */
    Optional<Term> read();

    /**
     * What the lease says.
     *
     * @param renewals how often it was renewed
     * @param closed whether the machine needs the snapshot no more
     * @param attemptStands whether the attempt is still the one that copies
     */
    record Term(String holder, long renewals, boolean closed, boolean attemptStands) {}
}
