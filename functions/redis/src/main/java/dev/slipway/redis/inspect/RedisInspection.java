package dev.slipway.redis.inspect;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Refused;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what a server is and holds, and names what does not travel with its keys. */
public final class RedisInspection {

    public Inspection inspect(StoreUrl url) {
        try (RedisStore store = RedisStore.open(url)) {
            return inspect(store);
        } catch (RedisCommandExecutionException e) {
            throw Refused.reading("inspect", url, e);
        }
    }

    private static Inspection inspect(RedisStore store) {
        Map<String, String> server = store.info("server");
        Map<String, String> memory = store.info("memory");
        Map<Integer, Long> keys = store.keysByDatabase();
        long items = DatabasePair.of(store).stream()
                .mapToLong(database -> keys.getOrDefault(database, 0L))
                .sum();
        List<Finding> findings = new ArrayList<>();
        place(store, findings);
        numberedDatabases(keys, findings);
        eviction(memory, findings);
        code(store, memory, findings);
        users(store, findings);
        return new Inspection(
                StoreKind.REDIS, version(server), items, number(memory, "used_memory"), items == 0, findings);
    }

    private static String version(Map<String, String> server) {
        String valkey = server.get("valkey_version");
        return valkey != null ? "Valkey " + valkey : server.getOrDefault("redis_version", "");
    }

    private static void place(RedisStore store, List<Finding> findings) {
        if ("1".equals(store.info("cluster").get("cluster_enabled"))) {
            findings.add(
                    Finding.blocker("cluster", "The server is part of a cluster; only single servers can be moved."));
        }
        if ("slave".equals(store.info("replication").get("role"))) {
            findings.add(Finding.blocker(
                    "replica", "The server is a replica: give the URL of its primary, where the app writes."));
        }
    }

    private static void numberedDatabases(Map<Integer, Long> keys, List<Finding> findings) {
        List<String> others = keys.keySet().stream()
                .filter(index -> index > 0)
                .map(String::valueOf)
                .toList();
        if (!others.isEmpty()) {
            findings.add(Finding.warning(
                    "databases",
                    "Keys are in databases " + String.join(", ", others)
                            + " too, which a target in cluster mode does not have."));
        }
    }

    private static void eviction(Map<String, String> memory, List<Finding> findings) {
        String policy = memory.getOrDefault("maxmemory_policy", "noeviction");
        if (number(memory, "maxmemory") > 0 && !policy.equals("noeviction")) {
            findings.add(Finding.warning(
                    "eviction",
                    "A full server removes keys by the policy " + policy
                            + ", a setting that does not travel: the target needs it too."));
        }
    }

    private static void code(RedisStore store, Map<String, String> memory, List<Finding> findings) {
        RedisAsyncCommands<byte[], byte[]> commands = store.database(0);
        notTravelling(
                number(memory, "number_of_cached_scripts"),
                "scripts",
                "cached scripts, which do not travel: the app has to answer NOSCRIPT by EVAL.",
                findings);
        if (store.info("modules").containsKey("module")) {
            findings.add(Finding.warning(
                    "modules",
                    "The server has modules: keys of their types can be moved only to a server that has them too."));
        }
        notTravelling(
                count(store, commands.functionList()),
                "functions",
                "libraries of functions, which do not travel: load them on the target.",
                findings);
    }

    private static void users(RedisStore store, List<Finding> findings) {
        notTravelling(
                count(store, store.database(0).aclUsers()) - 1,
                "users",
                "ACL users besides 'default', which do not travel: make them on the target.",
                findings);
    }

    private static void notTravelling(long count, String subject, String what, List<Finding> findings) {
        if (count > 0) {
            findings.add(Finding.warning(subject, "The server has " + count + " " + what));
        }
    }

    /** How many there are; none where the version or the service does not know the command. */
    private static long count(RedisStore store, RedisFuture<? extends List<?>> answer) {
        try {
            return store.await(answer).size();
        } catch (RedisCommandExecutionException e) {
            return 0;
        }
    }

    private static long number(Map<String, String> values, String name) {
        return Long.parseLong(values.getOrDefault(name, "0"));
    }
}
