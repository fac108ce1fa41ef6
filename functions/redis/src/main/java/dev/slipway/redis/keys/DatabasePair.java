package dev.slipway.redis.keys;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.session.RedisStore;
import java.util.List;
import java.util.TreeSet;

/** A database of the source and the one on the target that it becomes. */
public record DatabasePair(int source, int target) {

    /** All databases that hold keys on either side, under the same number; or the one that {@code ?db=only} names. */
    public static List<DatabasePair> of(RedisStore source, RedisStore target) {
        if (isOne(source.url()) || isOne(target.url())) {
            return List.of(new DatabasePair(index(source.url()), index(target.url())));
        }
        TreeSet<Integer> used = new TreeSet<>(source.keysByDatabase().keySet());
        used.addAll(target.keysByDatabase().keySet());
        return used.stream().map(index -> new DatabasePair(index, index)).toList();
    }

    /** One database of the source, and the one that it becomes. */
    public static DatabasePair of(RedisStore source, RedisStore target, int database) {
        boolean isOne = isOne(source.url()) || isOne(target.url());
        return new DatabasePair(database, isOne ? index(target.url()) : database);
    }

    /** The databases of one store that a verb reads. */
    public static List<Integer> of(RedisStore store) {
        return isOne(store.url())
                ? List.of(index(store.url()))
                : List.copyOf(store.keysByDatabase().keySet());
    }

    /** Which database of a target holds the claim of a copy. */
    public static int claimed(RedisStore target) {
        return isOne(target.url()) ? index(target.url()) : 0;
    }

    public static boolean isOne(StoreUrl url) {
        return url.parameter("db").filter("only"::equals).isPresent();
    }

    private static int index(StoreUrl url) {
        try {
            return url.path().isEmpty() ? 0 : Integer.parseInt(url.path());
        } catch (NumberFormatException e) {
            throw new InvalidInput(
                    "read the database's number in " + url,
                    "'" + url.path() + "' is no number",
                    "write it as redis://host:port/0?db=only",
                    e);
        }
    }
}
