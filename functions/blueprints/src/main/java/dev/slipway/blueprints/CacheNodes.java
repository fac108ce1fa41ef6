package dev.slipway.blueprints;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The nodes of a replication group, as ElastiCache adds their numbers to the group's name. */
final class CacheNodes {
    private CacheNodes() {}

    /** @param group the properties of a replication group; with cluster mode it says how many shards it has */
    static List<String> of(Map<String, Object> group) {
        if (!group.containsKey("NumNodeGroups")) {
            return numbered("%03d", number(group, "NumCacheClusters", 1)).toList();
        }
        int nodes = 1 + number(group, "ReplicasPerNodeGroup", 0);
        return numbered("%04d", number(group, "NumNodeGroups", 1))
                .flatMap(shard -> numbered(shard + "-%03d", nodes))
                .toList();
    }

    private static Stream<String> numbered(String format, int most) {
        return IntStream.rangeClosed(1, most).mapToObj(format::formatted);
    }

    private static int number(Map<String, Object> group, String property, int otherwise) {
        Object number = group.get(property);
        return number == null ? otherwise : Integer.parseInt(number.toString());
    }
}
