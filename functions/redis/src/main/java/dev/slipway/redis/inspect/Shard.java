package dev.slipway.redis.inspect;

import dev.slipway.redis.session.KeyServer;
import dev.slipway.redis.session.RedisStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A primary of a cluster.
 *
 * @param address host and port
 * @param slots how many of the cluster's are its own
 * @param info names and values of its INFO
 */
record Shard(String address, int slots, Map<String, String> info) {
    private static final String LIMIT = "maxmemory";

    /** What adds up. */
    private static final List<String> COUNTS = List.of(
            "used_memory", "used_memory_peak", "connected_slaves", "connected_clients", "number_of_cached_scripts");

    static List<Shard> all(RedisStore store) {
        List<Shard> shards = new ArrayList<>();
        for (KeyServer server : store.servers(0)) {
            Map<String, String> info = new LinkedHashMap<>();
            for (String section : List.of("clients", "memory", "replication", "keyspace", "stats")) {
                info.putAll(store.info(server, section));
            }
            shards.add(new Shard(server.address(), server.slots().count(), info));
        }
        return shards;
    }

    /** What INFO would say of all of them, were they one. */
    static Map<String, String> sums(List<Shard> shards) {
        Map<String, String> sums = new LinkedHashMap<>();
        if (!shards.isEmpty()) {
            COUNTS.forEach(name -> sums.put(name, sum(shards, name)));
            boolean unlimited = shards.stream().anyMatch(shard -> shard.number(LIMIT) == 0);
            sums.put(LIMIT, unlimited ? "0" : sum(shards, LIMIT));
            sums.put("role", "master");
        }
        return sums;
    }

    private static String sum(List<Shard> shards, String name) {
        return Long.toString(
                shards.stream().mapToLong(shard -> shard.number(name)).sum());
    }

    long number(String name) {
        return Long.parseLong(info.getOrDefault(name, "0"));
    }

    ServerFacts.Keys keys() {
        return ServerFacts.Keys.of(info.getOrDefault("db0", ""));
    }
}
