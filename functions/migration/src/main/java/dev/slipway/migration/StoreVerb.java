package dev.slipway.migration;

import dev.slipway.migration.exception.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a worker can do with a store of a migration. */
public enum StoreVerb {
    /** Looks at the source and refuses what could not be copied. */
    INSPECT,
    /** Takes the safety copy and reads it back. */
    SNAPSHOT,
    /** Stops the app's writes to the source. */
    FENCE,
    /** Makes the target ready for several workers, cuts the copy into shards and holds the snapshot that they copy. */
    COORDINATE,
    /** Copies one shard. */
    SHARD,
    /** Copies the source to the target, or what its shards have left to do, and leaves the target closed. */
    RESTORE,
    /** Compares both sides. */
    VERIFY,
    /** Lets the app write to the target. */
    OPEN,
    /** Stops the app's writes to the target again, and compares whether it had taken any. */
    RECLOSE,
    /** Lets the app write to the source again. */
    UNFENCE,
    /** Gives each of the app's logins on the target the password of its secret. */
    TURN,
    /** Copies the source while the app goes on writing, and brings what comes after it until a cutover. */
    FOLLOW,
    /** Makes the targets of all stores the writers at one moment, and lets the sources follow them. */
    CUTOVER,
    /** Makes the sources of all stores the writers again, with what their targets took. */
    RETURN,
    /** Ends what follows a source that takes the writes, in whatever state it is. */
    UNFOLLOW,
    /** Ends the way back to a source that takes no writes any more. */
    FINISH;

    /** As it stands on the command line and in artifact keys. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidInput if no verb is written so */
    public static StoreVerb of(String word) {
        return Arrays.stream(values())
                .filter(verb -> verb.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "work on a store",
                        "there is no verb '" + word + "'",
                        "use one of "
                                + Arrays.stream(values()).map(StoreVerb::word).collect(Collectors.joining(", "))));
    }
}
