package dev.slipway.redis.compare;

import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.keys.StreamId;
import io.lettuce.core.Limit;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.models.stream.PendingMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a stream holds besides its entries.
 *
 * @param counters the last id, and from Redis 7 on how many entries were ever added and which id was deleted last
 * @param groups by name, in hex
 */
record StreamState(Map<String, String> counters, Map<String, Group> groups) {
    private static final List<String> COUNTERS = List.of("last-generated-id", "max-deleted-entry-id", "entries-added");
    private static final int STEP = 1_000;

    /** A group of consumers: the id it got last, its consumers' names in hex, and what they have not acknowledged. */
    record Group(String lastDelivered, TreeSet<String> consumers, List<Pending> pending) {}

    /** An entry that was delivered and not acknowledged; {@code delivered} in milliseconds of the server's clock. */
    record Pending(String id, String consumer, long deliveries, long delivered) {

        boolean isNear(Pending other, Duration tolerance) {
            return id.equals(other.id)
                    && consumer.equals(other.consumer)
                    && deliveries == other.deliveries
                    && Math.abs(delivered - other.delivered) <= tolerance.toMillis();
        }
    }

    static StreamState read(KeySide side, byte[] key) {
        Map<String, Object> info = fields(side.await(side.commands().xinfoStream(key)));
        Map<String, String> counters = new LinkedHashMap<>();
        COUNTERS.stream().filter(info::containsKey).forEach(name -> counters.put(name, text(field(info, name))));
        Map<String, Group> groups = new TreeMap<>();
        for (Object group : side.await(side.commands().xinfoGroups(key))) {
            Map<String, Object> facts = fields(group);
            byte[] name = (byte[]) field(facts, "name");
            groups.put(hex(name), group(side, key, name, text(field(facts, "last-delivered-id"))));
        }
        return new StreamState(counters, groups);
    }

    /** What differs first; a counter that only one of the versions has does not count. */
    Optional<String> differenceFrom(StreamState other, Duration tolerance) {
        for (Map.Entry<String, String> counter : counters.entrySet()) {
            String theirs = other.counters.getOrDefault(counter.getKey(), counter.getValue());
            if (!theirs.equals(counter.getValue())) {
                return Optional.of("their " + counter.getKey() + " is " + counter.getValue() + " and " + theirs);
            }
        }
        if (!groups.keySet().equals(other.groups.keySet())) {
            return Optional.of("their groups differ");
        }
        for (Map.Entry<String, Group> group : groups.entrySet()) {
            Group theirs = Objects.requireNonNull(other.groups.get(group.getKey()));
            Optional<String> difference = difference(group.getKey(), group.getValue(), theirs, tolerance);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(String name, Group here, Group there, Duration tolerance) {
        String group = "the group " + KeyText.of(HexFormat.of().parseHex(name));
        if (!here.lastDelivered.equals(there.lastDelivered)) {
            return Optional.of(group + " got " + here.lastDelivered + " last, and " + there.lastDelivered);
        }
        if (!here.consumers.equals(there.consumers)) {
            return Optional.of(group + " has other consumers");
        }
        return arePending(here.pending, there.pending, tolerance)
                ? Optional.empty()
                : Optional.of(group + " has other entries pending");
    }

    private static boolean arePending(List<Pending> here, List<Pending> there, Duration tolerance) {
        if (here.size() != there.size()) {
            return false;
        }
        for (int i = 0; i < here.size(); i++) {
            if (!here.get(i).isNear(there.get(i), tolerance)) {
                return false;
            }
        }
        return true;
    }

    private static Group group(KeySide side, byte[] key, byte[] name, String lastDelivered) {
        TreeSet<String> consumers = new TreeSet<>();
        for (Object consumer : side.await(side.commands().xinfoConsumers(key, name))) {
            consumers.add(hex((byte[]) field(fields(consumer), "name")));
        }
        return new Group(lastDelivered, consumers, pending(side, key, name));
    }

    private static List<Pending> pending(KeySide side, byte[] key, byte[] group) {
        List<Pending> pending = new ArrayList<>();
        StreamId from = StreamId.FIRST;
        List<PendingMessage> step;
        do {
            RedisFuture<List<byte[]>> time = side.commands().time();
            step = side.await(side.commands().xpending(key, group, from.andLater(), Limit.from(STEP)));
            long now = Expiry.now(side.await(time));
            for (PendingMessage each : step) {
                pending.add(new Pending(
                        each.getId(),
                        each.getConsumer(),
                        each.getRedeliveryCount(),
                        now - each.getMsSinceLastDelivery()));
            }
            from = step.isEmpty()
                    ? from
                    : StreamId.parse(step.getLast().getId()).next();
        } while (step.size() == STEP);
        return pending;
    }

    /** XINFO answers with names and values in turn. */
    private static Map<String, Object> fields(Object answer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        List<?> list = (List<?>) answer;
        for (int i = 0; i + 1 < list.size(); i += 2) {
            Object value = list.get(i + 1);
            if (value != null) {
                fields.put(text(list.get(i)), value);
            }
        }
        return fields;
    }

    private static Object field(Map<String, Object> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
