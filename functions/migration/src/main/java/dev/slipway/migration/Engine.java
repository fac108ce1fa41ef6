package dev.slipway.migration;

import dev.slipway.migration.exception.InvalidInput;
import java.util.List;
import java.util.Optional;

/**
 * What every engine can do with its kind of store. Know one engine and you know all. Each call may be repeated. Every method
 * throws {@link dev.slipway.migration.exception.StoreUnreachable} where a server does not answer or refuses the login.
 */
public interface Engine {
    StoreKind kind();

    /** Reads what the store is and holds; changes nothing. */
    Inspection inspect(StoreUrl store);

    /** What stands between a source and its target that neither shows alone; changes nothing. */
    default List<Finding> between(StoreUrl source, StoreUrl target) {
        return List.of();
    }

    /** Takes a safety copy of the store into artifacts under the prefix; changes nothing in the store. */
    SnapshotManifest snapshot(StoreUrl source, Artifacts artifacts, String prefix, Progress progress);

    /**
     * Copies everything. Under a fence, what an earlier, interrupted call under the same fence put on the target counts and is not
     * sent again where that can be told, otherwise it is replaced: the caller has made sure that the target's content is this
     * migration's. Without a fence the target is empty, or an earlier call's that was interrupted.
     *
     * @throws dev.slipway.migration.exception.FenceBroken if the source is not fenced by the token before and after
     * @throws dev.slipway.migration.exception.TargetNotEmpty if there is no fence, and the target holds something else
     * @throws dev.slipway.migration.exception.CopyFailed if a server refused a statement
     */
    CopyOutcome copy(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress);

    /** Copies everything of a fenced source. */
    default CopyOutcome copy(StoreUrl source, StoreUrl target, FenceToken fence, Progress progress) {
        return copy(source, target, CopyOptions.under(fence), progress);
    }

    /** How several workers copy one store of the kind at once; empty where one has to do it. */
    default Optional<ShardedCopy> sharded() {
        return Optional.empty();
    }

    /** How a target of the kind is kept up with its source; empty where only one moment is copied. */
    default Optional<Following> following() {
        return Optional.empty();
    }

    /** How an app reaches stores of the kind by several logins in turn; empty where it has one. */
    default Optional<AppLogins> logins() {
        return Optional.empty();
    }

    /** Compares the content of both sides in both directions. */
    Comparison compare(StoreUrl source, StoreUrl target, Progress progress);

    /**
     * Compares the content of both sides, and takes a copy's word for what it read of the source.
     *
     * @param read counts as long as its ground stands
     */
    default Comparison compare(StoreUrl source, StoreUrl target, Optional<SourceDigests> read, Progress progress) {
        return compare(source, target, progress);
    }

    /**
     * Replaces on the target what differs from the source, and nothing else; never touches the source. It ends whole or not at all
     * where the store has transactions over everything; otherwise each item is replaced whole, and another call goes on.
     *
     * @throws InvalidInput if the engine cannot do it
     * @throws dev.slipway.migration.exception.CopyFailed if a server refused a statement; where there are transactions nothing was changed then
     */
    default Repair repair(StoreUrl source, StoreUrl target, Progress progress) {
        throw new InvalidInput(
                "repair " + target,
                "a store of this kind can only be compared",
                "empty the target, then copy " + source + " to it again");
    }

    /**
     * Repairs, and ends what an earlier copy or repair with the same notes has left half done on the target, or is still doing.
     *
     * @param notes those of the copies of the two stores
     */
    default Repair repair(StoreUrl source, StoreUrl target, Optional<CopyNotes> notes, Progress progress) {
        return repair(source, target, progress);
    }

    /**
     * Stops the app's writes to the store, and returns when no write that began before can still become visible. Reads go on.
     * A fence of an earlier attempt of the same app is taken over.
     */
    void fence(StoreUrl store, FenceToken token);

    /** Whose fence stands, if any. */
    Optional<FenceToken> fenced(StoreUrl store);

    /**
     * Lets the app write again, as it could before the fence, and leaves nothing behind. No fence: nothing to do.
     *
     * @throws dev.slipway.migration.exception.StaleAttempt if a later attempt's fence stands
     */
    void unfence(StoreUrl store, FenceToken token);
}
