package dev.slipway.redis.keys;

import dev.slipway.redis.session.Answers;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Version;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The version that a server's dumps carry in their {@link DumpFooter}, which is RDB_VERSION of its rdb.h; RESTORE takes no later one. */
public final class DumpVersion {
    /** By the first release that has it, as rdb.h of each says. */
    private static final NavigableMap<Version, Integer> OF_REDIS = new TreeMap<>(Map.of(
            new Version(2, 6), 6,
            new Version(3, 2), 7,
            new Version(4, 0), 8,
            new Version(5, 0), 9,
            new Version(7, 0), 10,
            new Version(7, 2), 11,
            new Version(7, 4), 12));

    private static final NavigableMap<Version, Integer> OF_VALKEY =
            new TreeMap<>(Map.of(new Version(7, 2), 11, new Version(9, 0), 80));

    private DumpVersion() {}

    /** That of the key's dump; empty where there is none. */
    public static OptionalInt of(RedisStore store, int database, byte[] key) {
        return Answers.allowed(store, store.database(database).dump(key))
                .map(dump -> OptionalInt.of(DumpFooter.version(dump)))
                .orElse(OptionalInt.empty());
    }

    /** That of a server which has no key to dump. */
    public static OptionalInt of(Map<String, String> info) {
        boolean valkey = info.containsKey("valkey_version");
        NavigableMap<Version, Integer> formats = valkey ? OF_VALKEY : OF_REDIS;
        return Version.parse(info.getOrDefault(valkey ? "valkey_version" : "redis_version", ""))
                .flatMap(version -> Optional.ofNullable(formats.floorEntry(version)))
                .map(known -> OptionalInt.of(known.getValue()))
                .orElse(OptionalInt.empty());
    }
}
