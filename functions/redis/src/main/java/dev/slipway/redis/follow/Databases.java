package dev.slipway.redis.follow;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.replication.Change;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which database of a target a change goes to.
 *
 * @param only the one that is followed, where it is one
 */
record Databases(Optional<DatabasePair> only) {
    /** Those that reach into another database than the selected one. */
    private static final Set<String> ACROSS = Set.of("MOVE", "SWAPDB", "COPY");

    static Databases of(StoreUrl source, StoreUrl target) {
        if (target.parameter("map").isPresent()) {
            throw new InvalidInput(
                    "follow " + source + " with " + target,
                    "its databases would become others (?map=)",
                    "follow all of them, or one by ?db=only");
        }
        boolean one = DatabasePair.isOne(source) || DatabasePair.isOne(target);
        return new Databases(
                one
                        ? Optional.of(new DatabasePair(DatabasePair.index(source), DatabasePair.index(target)))
                        : Optional.empty());
    }

    /**
     * Empty where the change is of a database that does not follow.
     *
     * @throws FollowFailed if it cannot be told what it means for the one that does
     */
    Optional<Integer> target(int selected, Change change) {
        if (only.isEmpty()) {
            return Optional.of(selected);
        }
        boolean copiesHere = change.name().equals("COPY") && !hasDatabase(change);
        if (ACROSS.contains(change.name()) && !copiesHere) {
            throw new FollowFailed(
                    "follow database " + only.get().source(),
                    "the source was told " + change.name() + ", which reaches into several databases",
                    "follow all databases (without ?db=only)");
        }
        return change.name().equals("FLUSHALL") || selected == only.get().source()
                ? Optional.of(only.get().target())
                : Optional.empty();
    }

    private static boolean hasDatabase(Change change) {
        return change.words().stream()
                .skip(3)
                .anyMatch(word -> new String(word, StandardCharsets.ISO_8859_1).equalsIgnoreCase("DB"));
    }

    /** What empties all databases of the source empties but one of the target's. */
    List<byte[]> words(Change change) {
        return only.isPresent() && change.name().equals("FLUSHALL")
                ? List.of("FLUSHDB".getBytes(StandardCharsets.US_ASCII))
                : change.words();
    }
}
