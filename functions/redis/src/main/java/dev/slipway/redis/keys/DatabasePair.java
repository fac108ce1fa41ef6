package dev.slipway.redis.keys;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.session.RedisStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A database of the source and the one on the target that it becomes.
 *
 * @param merged all databases of the source that hold keys and become that one
 */
public record DatabasePair(int source, int target, List<Integer> merged) {
    public DatabasePair(int source, int target) {
        this(source, target, List.of(source));
    }

    /**
     * All databases that hold keys on either side: the one that {@code ?db=only} names, those that the target's {@code ?map=} puts
     * together, or each under its own number.
     *
     * @throws InvalidInput if the map says nothing of a database
     */
    public static List<DatabasePair> of(RedisStore source, RedisStore target) {
        Optional<DatabaseMap> map = map(source.url(), target.url());
        if (map.isPresent()) {
            return mapped(source, map.get());
        }
        if (isOne(source.url()) || isOne(target.url())) {
            return List.of(new DatabasePair(index(source.url()), index(target.url())));
        }
        TreeSet<Integer> used = new TreeSet<>(source.keysByDatabase().keySet());
        used.addAll(target.keysByDatabase().keySet());
        return used.stream().map(index -> new DatabasePair(index, index)).toList();
    }

    /** One database of the source, and the one that it becomes. */
    public static DatabasePair of(RedisStore source, RedisStore target, int database) {
        return of(source, target).stream()
                .filter(pair -> pair.source() == database)
                .findFirst()
                .orElseGet(() -> new DatabasePair(database, database));
    }

    private static Optional<DatabaseMap> map(StoreUrl source, StoreUrl target) {
        if (source.parameter("map").isPresent()) {
            throw new InvalidInput(
                    "read the map of databases in " + source,
                    "it stands in the source's URL",
                    "write it into the target's, as ?map=0:0,3:1");
        }
        Optional<DatabaseMap> map = DatabaseMap.of(target);
        if (map.isPresent() && (isOne(source) || isOne(target))) {
            throw new InvalidInput(
                    "read the map of databases in " + target, "?db=only names one database already", "use one of both");
        }
        return map;
    }

    private static List<DatabasePair> mapped(RedisStore source, DatabaseMap map) {
        TreeSet<Integer> used = new TreeSet<>(source.keysByDatabase().keySet());
        used.forEach(map::target);
        List<DatabasePair> pairs = new ArrayList<>();
        for (int target : map.targets()) {
            List<Integer> merged =
                    used.stream().filter(number -> map.target(number) == target).toList();
            if (merged.isEmpty()) {
                pairs.add(new DatabasePair(map.anySource(target), target, merged));
            }
            merged.forEach(number -> pairs.add(new DatabasePair(number, target, merged)));
        }
        return pairs;
    }

    /** Whether it is for this pair, and no other of the same target, to look for what no source has. */
    public boolean isFirst() {
        return merged.isEmpty() || merged.getFirst() == source;
    }

    /** Those of the target's keys that no database of the source has which becomes the target. */
    public List<byte[]> absent(RedisStore from, List<byte[]> keys) {
        List<byte[]> absent = keys;
        for (int number : merged) {
            absent = from.absent(number, absent);
        }
        return absent;
    }

    /** The databases of one store that a verb reads. */
    public static List<Integer> of(RedisStore store) {
        return DatabaseMap.of(store.url())
                .map(map -> List.copyOf(map.targets()))
                .orElseGet(() -> isOne(store.url())
                        ? List.of(index(store.url()))
                        : List.copyOf(store.keysByDatabase().keySet()));
    }

    /** Which database of a target holds the claim of a copy. */
    public static int claimed(RedisStore target) {
        return DatabaseMap.of(target.url())
                .map(map -> map.targets().iterator().next())
                .orElseGet(() -> isOne(target.url()) ? index(target.url()) : 0);
    }

    /** A store as another one names it: host, port and, where it is one database, that. */
    public static String place(StoreUrl url) {
        return url.host() + ":" + url.port(6379) + (isOne(url) ? "/" + url.path() : "");
    }

    public static boolean isOne(StoreUrl url) {
        return url.parameter("db").filter("only"::equals).isPresent();
    }

    /** @throws InvalidInput if the URL's path is no number */
    public static int index(StoreUrl url) {
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
