package dev.slipway.redis.keys;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which database of a target each of its source's becomes, as {@code ?map=0:0,3:1} of the target's URL says; {@code *:0} is for all
 * that are not named.
 */
record DatabaseMap(StoreUrl url, Map<Integer, Integer> named, Optional<Integer> others) {
    private static final Pattern PAIR = Pattern.compile("(\\d{1,5}|\\*):(\\d{1,5})");

    /** @throws InvalidInput if it cannot be read */
    static Optional<DatabaseMap> of(StoreUrl target) {
        return target.parameter("map").map(text -> read(target, text));
    }

    private static DatabaseMap read(StoreUrl url, String text) {
        Map<Integer, Integer> named = new TreeMap<>();
        Optional<Integer> others = Optional.empty();
        for (String pair : text.split(",", -1)) {
            Matcher found = PAIR.matcher(pair);
            if (!found.matches()) {
                throw malformed(url, "'" + pair + "' is no pair of databases");
            }
            int target = Integer.parseInt(found.group(2));
            boolean again;
            if (found.group(1).equals("*")) {
                again = others.isPresent();
                others = Optional.of(target);
            } else {
                again = named.put(Integer.valueOf(found.group(1)), target) != null;
            }
            if (again) {
                throw malformed(url, found.group(1) + " stands there twice");
            }
        }
        return new DatabaseMap(url, named, others);
    }

    private static InvalidInput malformed(StoreUrl url, String why) {
        return new InvalidInput(
                "read the map of databases in " + url,
                why,
                "write it as ?map=0:0,3:1, the source's number first, where * is all that are not named");
    }

    /** @throws InvalidInput if the map says nothing of it */
    int target(int source) {
        return find(source)
                .orElseThrow(() -> new InvalidInput(
                        "map the databases of the source to " + url,
                        "the source has keys in database " + source + ", of which the map says nothing",
                        "add " + source + ":0 or another number to ?map=, or *:0 for all that are not named"));
    }

    private Optional<Integer> find(int source) {
        return Optional.ofNullable(named.get(source)).or(() -> others);
    }

    Set<Integer> targets() {
        Set<Integer> targets = new TreeSet<>(named.values());
        others.ifPresent(targets::add);
        return targets;
    }

    /** The least of a source's databases that becomes it, whether it has keys or not. */
    int anySource(int target) {
        return IntStream.iterate(0, number -> number + 1)
                .filter(number -> find(number).filter(found -> found == target).isPresent())
                .findFirst()
                .orElseThrow();
    }
}
