package dev.slipway.redis.inspect;

import dev.slipway.migration.Bytes;
import dev.slipway.migration.Detail;
import dev.slipway.migration.Details;
import dev.slipway.redis.keys.DumpVersion;
import dev.slipway.redis.replication.ReplicaRight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What there is to say of a server, for a page and for a program. */
final class ServerDetails {
    private final ServerFacts facts;
    private final KeySurvey.Seen keys;
    private final List<Detail> details = new ArrayList<>();

    private ServerDetails(ServerFacts facts, KeySurvey.Seen keys) {
        this.facts = facts;
        this.keys = keys;
    }

    static Details of(
            ServerFacts facts, KeySurvey.Seen keys, ReplicaRight replication, Optional<Map<String, String>> cluster) {
        ServerDetails details = new ServerDetails(facts, keys);
        details.server(replication, cluster);
        details.content();
        details.memory();
        details.besides();
        return new Details(details.details);
    }

    private void server(ReplicaRight replication, Optional<Map<String, String>> cluster) {
        add("role", facts.isReplica() ? "replica" : "primary");
        add("replicas", facts.number("connected_slaves"));
        if (cluster.isPresent()) {
            Map<String, String> values = cluster.get();
            String text = values.getOrDefault("cluster_size", "?") + " primaries, "
                    + values.getOrDefault("cluster_slots_assigned", "?") + " slots, state "
                    + values.getOrDefault("cluster_state", "?");
            details.add(new Detail("cluster", values, text));
            shards();
        } else {
            details.add(new Detail("cluster", null, Detail.NONE));
        }
        OptionalInt version = version(facts, keys);
        details.add(new Detail(
                "dumpVersion",
                version.isPresent() ? version.getAsInt() : null,
                version.isPresent() ? String.valueOf(version.getAsInt()) : "unknown"));
        add("replication", replication.name().toLowerCase(Locale.ROOT));
    }

    private void shards() {
        List<Map<String, Object>> values = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Shard shard : facts.shards()) {
            long keys = shard.keys().all();
            long used = shard.number("used_memory");
            values.add(ordered(
                    "address",
                    shard.address(),
                    "slots",
                    shard.slots(),
                    "keys",
                    keys,
                    "used",
                    used,
                    "limit",
                    shard.number("maxmemory"),
                    "replicas",
                    shard.number("connected_slaves")));
            texts.add(String.format(
                    Locale.ROOT,
                    "%s (%,d slots, %,d keys, %s)",
                    shard.address(),
                    shard.slots(),
                    keys,
                    Bytes.text((double) used)));
        }
        details.add(new Detail("shards", values, list(texts)));
    }

    /** Of a dump that was seen, otherwise of the release. */
    static OptionalInt version(ServerFacts facts, KeySurvey.Seen keys) {
        return keys.dumpVersion().isPresent() ? keys.dumpVersion() : DumpVersion.of(facts.info());
    }

    private void content() {
        List<Map<String, Object>> databases = new ArrayList<>();
        facts.databases()
                .forEach((number, count) ->
                        databases.add(ordered("database", number, "keys", count.all(), "expiring", count.expiring())));
        details.add(new Detail(
                "databases",
                databases,
                list(facts.databases().entrySet().stream()
                        .map(each -> "%d (%,d keys)"
                                .formatted(each.getKey(), each.getValue().all()))
                        .toList())));
        long all = facts.databases().values().stream()
                .mapToLong(ServerFacts.Keys::all)
                .sum();
        long expiring = facts.databases().values().stream()
                .mapToLong(ServerFacts.Keys::expiring)
                .sum();
        details.add(new Detail(
                "expiring",
                expiring,
                all == 0
                        ? Detail.NONE
                        : String.format(Locale.ROOT, "%,d of %,d keys (%d %%)", expiring, all, 100 * expiring / all)));
        details.add(new Detail(
                "surveyed",
                ordered("keys", keys.seen(), "whole", keys.whole()),
                keys.seen() == 0
                        ? Detail.NONE
                        : String.format(
                                Locale.ROOT, keys.whole() ? "all %,d keys" : "a sample of %,d keys", keys.seen())));
        details.add(new Detail(
                "keysByType",
                keys.types(),
                list(keys.types().entrySet().stream()
                        .map(each -> String.format(Locale.ROOT, "%,d %s", each.getValue(), each.getKey()))
                        .toList())));
        details.add(new Detail(
                "largest",
                keys.largest().stream()
                        .map(key -> ordered("key", key.name(), "type", key.type(), "bytes", key.bytes()))
                        .toList(),
                list(keys.largest().stream()
                        .map(key -> key.name() + " (" + key.type() + ", " + Bytes.text((double) key.bytes()) + ")")
                        .toList())));
    }

    private void memory() {
        Map<String, Object> memory = ordered(
                "used",
                facts.number("used_memory"),
                "peak",
                facts.number("used_memory_peak"),
                "limit",
                facts.number("maxmemory"));
        details.add(new Detail(
                "memory",
                memory,
                Bytes.text((double) facts.number("used_memory")) + ", at most "
                        + Bytes.text((double) facts.number("used_memory_peak"))
                        + " so far, "
                        + facts.memoryLimit()
                                .map(limit -> "limit " + Bytes.text((double) limit))
                                .orElse("no limit")));
        add("evictionPolicy", facts.evictionPolicy());
    }

    private void besides() {
        details.add(new Detail(
                "modules",
                facts.modules(),
                list(facts.modules().entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .toList())));
        optional("functionLibraries", facts.libraries());
        add("cachedScripts", facts.number("number_of_cached_scripts"));
        optional("users", facts.users());
        add("clients", facts.number("connected_clients"));
    }

    private void optional(String name, Optional<List<String>> names) {
        details.add(new Detail(
                name, names.orElse(null), names.map(ServerDetails::list).orElse("unknown")));
    }

    private void add(String name, Object value) {
        details.add(new Detail(name, value, value.equals(0L) ? Detail.NONE : String.valueOf(value)));
    }

    private static String list(List<String> texts) {
        return texts.isEmpty() ? Detail.NONE : texts.stream().collect(Collectors.joining(", "));
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }
}
