package dev.slipway.redis.inspect;

import dev.slipway.redis.keys.DumpFooter;
import dev.slipway.redis.session.Answers;
import dev.slipway.redis.session.RedisStore;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that a server's dumps carry, which is RDB_VERSION of its rdb.h; RESTORE takes no later one.
 */
final class DumpVersion {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
    /** By the first release that has it, as rdb.h of each says. */
    private static final NavigableMap<Release, Integer> OF_REDIS = new TreeMap<>(Map.of(
            new Release(2, 6), 6,
            new Release(3, 2), 7,
            new Release(4, 0), 8,
            new Release(5, 0), 9,
            new Release(7, 0), 10,
            new Release(7, 2), 11,
            new Release(7, 4), 12));

    private static final NavigableMap<Release, Integer> OF_VALKEY =
            new TreeMap<>(Map.of(new Release(7, 2), 11, new Release(9, 0), 80));

    private DumpVersion() {}

    private record Release(int major, int minor) implements Comparable<Release> {
        @Override
        public int compareTo(Release other) {
            return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
        }
    }

    /** That of the key's dump; empty where there is none. */
    static OptionalInt of(RedisStore store, int database, byte[] key) {
        return Answers.allowed(store, store.database(database).dump(key))
                .map(dump -> OptionalInt.of(DumpFooter.version(dump)))
                .orElse(OptionalInt.empty());
    }

    /** That of a server which has no key to dump. */
    static OptionalInt of(Map<String, String> info) {
        boolean valkey = info.containsKey("valkey_version");
        Matcher version = VERSION.matcher(info.getOrDefault(valkey ? "valkey_version" : "redis_version", ""));
        if (!version.lookingAt()) {
            return OptionalInt.empty();
        }
        Map.Entry<Release, Integer> known = (valkey ? OF_VALKEY : OF_REDIS)
                .floorEntry(new Release(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))));
        return known == null ? OptionalInt.empty() : OptionalInt.of(known.getValue());
    }
}
