package dev.slipway.redis.inspect;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.replication.ReplicaRight;
import dev.slipway.redis.session.Answers;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Refused;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a server is and holds, and names what does not travel with its keys. */
public final class RedisInspection {
    /** How long keys are looked at. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final List<Finding> findings = new ArrayList<>();

    public Inspection inspect(StoreUrl url) {
        try (RedisStore store = RedisStore.open(url)) {
            return inspect(store);
        } catch (RedisCommandExecutionException e) {
            throw Refused.reading("inspect", url, e);
        }
    }

    private Inspection inspect(RedisStore store) {
        ServerFacts facts = ServerFacts.read(store);
        List<Integer> databases = DatabasePair.of(store);
        KeySurvey.Seen keys = KeySurvey.of(store, databases, PATIENCE);
        ReplicaRight replication = ReplicaRight.of(store);
        place(facts);
        numberedDatabases(facts);
        eviction(facts);
        code(facts, keys);
        users(facts);
        replication(replication);
        long items = databases.stream()
                .mapToLong(database -> facts.databases()
                        .getOrDefault(database, ServerFacts.Keys.NONE)
                        .all())
                .sum();
        return new Inspection(
                StoreKind.REDIS,
                facts.version(),
                items,
                facts.number("used_memory"),
                items == 0,
                ServerDetails.of(facts, keys, replication, cluster(store, facts)),
                findings);
    }

    /** What CLUSTER INFO says. */
    private static Optional<Map<String, String>> cluster(RedisStore store, ServerFacts facts) {
        if (!facts.isCluster()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        Answers.allowed(store, store.database(0).clusterInfo())
                .orElse("")
                .lines()
                .forEach(line -> {
                    String[] parts = line.strip().split(":", 2);
                    if (parts.length == 2) {
                        values.put(parts[0], parts[1]);
                    }
                });
        return Optional.of(values);
    }

    private void place(ServerFacts facts) {
        if (facts.isCluster()) {
            findings.add(
                    Finding.blocker(
                            "cluster",
                            "The server is part of a cluster, whose writes a migration cannot stop: stop its writers and copy it by hand."));
        }
        if (facts.isReplica()) {
            findings.add(Finding.blocker(
                    "replica", "The server is a replica: give the URL of its primary, where the app writes."));
        }
    }

    private void numberedDatabases(ServerFacts facts) {
        List<String> others = facts.databases().keySet().stream()
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

    private void eviction(ServerFacts facts) {
        if (facts.evicts()) {
            findings.add(Finding.warning(
                    "eviction",
                    "A full server removes keys by the policy " + facts.evictionPolicy()
                            + ", a setting that does not travel: the target needs it too."));
        }
    }

    private void code(ServerFacts facts, KeySurvey.Seen keys) {
        notTravelling(
                facts.number("number_of_cached_scripts"),
                "scripts",
                "cached scripts, which do not travel: the app has to answer NOSCRIPT by EVAL.");
        if (!keys.ofModules().isEmpty()) {
            findings.add(Finding.warning(
                    "modules",
                    "Keys have the types " + String.join(", ", keys.ofModules())
                            + " of modules: they can be moved only to a server that has the same modules."));
        }
        facts.libraries()
                .ifPresent(libraries -> notTravelling(
                        libraries.size(),
                        "functions",
                        "libraries of functions (" + String.join(", ", libraries)
                                + "), which do not travel: load them on the target."));
    }

    private void users(ServerFacts facts) {
        facts.users()
                .map(users ->
                        users.stream().filter(user -> !user.equals("default")).toList())
                .ifPresent(users -> notTravelling(
                        users.size(),
                        "users",
                        "ACL users besides 'default' (" + String.join(", ", users)
                                + "), which do not travel: make them on the target."));
    }

    private void replication(ReplicaRight replication) {
        if (replication == ReplicaRight.REFUSED) {
            findings.add(Finding.warning(
                    "replication",
                    "The server does not let this login read as a replica does (PSYNC): its keys are read one by one, and changes"
                            + " are followed by passes."));
        }
    }

    private void notTravelling(long count, String subject, String what) {
        if (count > 0) {
            findings.add(Finding.warning(subject, "The server has " + count + " " + what));
        }
    }
}
