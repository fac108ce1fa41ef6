package dev.slipway.redis.compare;

import dev.slipway.redis.keys.KeyText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a stream holds besides its entries.
 *
 * @param counters the last id, and from Redis 7 on how many entries were ever added and which id was deleted last
 * @param groups by name, in hex
 */
record StreamState(Map<String, String> counters, Map<String, Group> groups) {
    private static final List<String> OF_STREAM = List.of("last-generated-id", "max-deleted-entry-id", "entries-added");
    private static final List<String> OF_GROUP = List.of("last-delivered-id", "entries-read");
    private static final int NAMED = 5;

    /**
     * A group of consumers.
     *
     * @param counters the id it got last, and from Redis 7 on how many it has read, where the server knows
     * @param consumers their names in hex
     */
    record Group(Map<String, String> counters, Set<String> consumers) {}

    static StreamState read(KeySide side, byte[] key) {
        Map<String, Object> info = fields(side.await(side.commands().xinfoStream(key)));
        Map<String, Group> groups = new TreeMap<>();
        for (Object group : side.await(side.commands().xinfoGroups(key))) {
            Map<String, Object> facts = fields(group);
            byte[] name = (byte[]) Objects.requireNonNull(facts.get("name"));
            groups.put(hex(name), new Group(counters(facts, OF_GROUP), consumers(side, key, name)));
        }
        return new StreamState(counters(info), groups);
    }

    private static Set<String> consumers(KeySide side, byte[] key, byte[] group) {
        Set<String> consumers = new TreeSet<>();
        for (Object consumer : side.await(side.commands().xinfoConsumers(key, group))) {
            consumers.add(hex((byte[]) Objects.requireNonNull(fields(consumer).get("name"))));
        }
        return consumers;
    }

    /** Those that the version knows, of what XINFO STREAM answers. */
    static Map<String, String> counters(Map<String, Object> info) {
        return counters(info, OF_STREAM);
    }

    private static Map<String, String> counters(Map<String, Object> info, List<String> names) {
        Map<String, String> counters = new LinkedHashMap<>();
        names.stream()
                .filter(info::containsKey)
                .forEach(name -> counters.put(name, text(Objects.requireNonNull(info.get(name)))));
        return counters;
    }

    /** The first that differs, and how; one that only one of the versions has does not count. */
    static Optional<String> counterThatDiffers(Map<String, String> here, Map<String, String> there) {
        return here.entrySet().stream()
                .filter(counter -> !there.getOrDefault(counter.getKey(), counter.getValue())
                        .equals(counter.getValue()))
                .map(counter -> "their " + counter.getKey() + " is " + counter.getValue() + " on the source and "
                        + there.get(counter.getKey()) + " on the target")
                .findFirst();
    }

    List<byte[]> names() {
        return groups.keySet().stream().map(HexFormat.of()::parseHex).toList();
    }

    /** What differs first. */
    Optional<String> differenceFrom(StreamState other) {
        Optional<String> counter = counterThatDiffers(counters, other.counters);
        if (counter.isPresent()) {
            return counter;
        }
        if (!groups.keySet().equals(other.groups.keySet())) {
            return Optional.of("their groups differ: " + texts(groups.keySet()) + " on the source and "
                    + texts(other.groups.keySet()) + " on the target");
        }
        return groups.entrySet().stream()
                .map(group -> difference(
                        group.getKey(), group.getValue(), Objects.requireNonNull(other.groups.get(group.getKey()))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> difference(String name, Group here, Group there) {
        Optional<String> different = counterThatDiffers(here.counters, there.counters);
        if (different.isEmpty() && !here.consumers.equals(there.consumers)) {
            different = Optional.of("their consumers are " + texts(here.consumers) + " on the source and "
                    + texts(there.consumers) + " on the target");
        }
        return different.map(detail -> "the group " + named(name) + ": " + detail);
    }

    /** The first of the names. */
    private static String texts(Set<String> hex) {
        String first = hex.stream().limit(NAMED).map(StreamState::named).collect(Collectors.joining(", "));
        return first.isEmpty() ? "none" : first + (hex.size() > NAMED ? " and " + (hex.size() - NAMED) + " more" : "");
    }

    private static String named(String hex) {
        return KeyText.of(HexFormat.of().parseHex(hex));
    }

    /** XINFO answers with names and values in turn. */
    static Map<String, Object> fields(Object answer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        List<?> list = (List<?>) answer;
        for (int i = 0; i + 1 < list.size(); i += 2) {
            fields.put(text(list.get(i)), Objects.requireNonNullElse(list.get(i + 1), "unknown"));
        }
        return fields;
    }

    static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
