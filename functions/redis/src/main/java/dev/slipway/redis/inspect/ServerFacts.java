package dev.slipway.redis.inspect;

import dev.slipway.redis.session.Answers;
import dev.slipway.redis.session.RedisStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says of itself.
 *
 * @param info names and values of INFO; of a cluster what the server says that was named, and the sums of what all primaries count
 * @param databases those that hold keys, by number
 * @param shards the primaries of a cluster
 * @param modules names and versions; vectorset, which comes with Redis 8, is one
 * @param libraries of functions; empty where the server does not tell
 * @param users of access control lists; empty where the server does not tell
 */
record ServerFacts(
        Map<String, String> info,
        Map<Integer, Keys> databases,
        List<Shard> shards,
        Map<String, String> modules,
        Optional<List<String>> libraries,
        Optional<List<String>> users) {
    private static final Pattern DATABASE = Pattern.compile("db(\\d+):(.*)");
    private static final Pattern MODULE = Pattern.compile("module:name=([^,]+),ver=(\\d+).*");

    /** How many there are in a database, and how many of them expire. */
    record Keys(long all, long expiring) {
        static final Keys NONE = new Keys(0, 0);

        private static final Pattern COUNTS = Pattern.compile("keys=(\\d+),expires=(\\d+).*");

        /** From a line of INFO's keyspace. */
        static Keys of(String counts) {
            Matcher found = COUNTS.matcher(counts);
            return found.matches() ? new Keys(Long.parseLong(found.group(1)), Long.parseLong(found.group(2))) : NONE;
        }
    }

    static ServerFacts read(RedisStore store) {
        Map<String, String> info = new LinkedHashMap<>();
        for (String section : List.of("server", "clients", "memory", "replication", "cluster", "stats")) {
            info.putAll(store.info(section));
        }
        List<Shard> shards = store.isCluster() ? Shard.all(store) : List.of();
        Shard.sums(shards).forEach(info::put);
        return new ServerFacts(info, databases(store, shards), shards, modules(store), libraries(store), users(store));
    }

    /** As a person calls it, e.g. {@code 7.0.15} or {@code Valkey 8.1.1}. */
    String version() {
        String valkey = info.get("valkey_version");
        return valkey != null ? "Valkey " + valkey : info.getOrDefault("redis_version", "");
    }

    boolean isReplica() {
        return "slave".equals(info.get("role"));
    }

    boolean isCluster() {
        return "1".equals(info.get("cluster_enabled"));
    }

    long number(String name) {
        return Long.parseLong(info.getOrDefault(name, "0"));
    }

    /** Empty where the server may use what the machine has. */
    Optional<Long> memoryLimit() {
        return Optional.of(number("maxmemory")).filter(limit -> limit > 0);
    }

    String evictionPolicy() {
        return info.getOrDefault("maxmemory_policy", "noeviction");
    }

    boolean evicts() {
        return memoryLimit().isPresent() && !evictionPolicy().equals("noeviction");
    }

    private static Map<Integer, Keys> databases(RedisStore store, List<Shard> shards) {
        Map<Integer, Keys> databases = new TreeMap<>();
        if (store.isCluster()) {
            long all = shards.stream().mapToLong(shard -> shard.keys().all()).sum();
            long expiring =
                    shards.stream().mapToLong(shard -> shard.keys().expiring()).sum();
            return all == 0 ? databases : Map.of(0, new Keys(all, expiring));
        }
        for (Matcher found : lines(store, "keyspace", DATABASE)) {
            databases.put(Integer.valueOf(found.group(1)), Keys.of(found.group(2)));
        }
        return databases;
    }

    private static Map<String, String> modules(RedisStore store) {
        Map<String, String> modules = new TreeMap<>();
        lines(store, "modules", MODULE).forEach(found -> modules.put(found.group(1), found.group(2)));
        return modules;
    }

    private static List<Matcher> lines(RedisStore store, String section, Pattern pattern) {
        List<Matcher> found = new ArrayList<>();
        store.await(store.database(0).info(section)).lines().forEach(line -> {
            Matcher matcher = pattern.matcher(line.strip());
            if (matcher.matches()) {
                found.add(matcher);
            }
        });
        return found;
    }

    private static Optional<List<String>> libraries(RedisStore store) {
        return Answers.allowed(store, store.database(0).functionList()).map(ServerFacts::names);
    }

    /** The client calls them maps, which they are in RESP3 only. */
    private static List<String> names(List<?> libraries) {
        return libraries.stream()
                .map(library -> Answers.text(Answers.map(library).getOrDefault("library_name", "?")))
                .sorted()
                .toList();
    }

    private static Optional<List<String>> users(RedisStore store) {
        return Answers.allowed(store, store.database(0).aclUsers()).map(Answers::texts);
    }
}
