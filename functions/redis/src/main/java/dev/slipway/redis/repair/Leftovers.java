package dev.slipway.redis.repair;

import dev.slipway.migration.Finding;
import dev.slipway.redis.keys.KeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keys that a repair can not make the same, by the reason; used by many threads. */
final class Leftovers {
    private static final int NAMED = 5;

    private final Map<String, List<String>> keys = new TreeMap<>();

    synchronized void add(String reason, int database, byte[] key) {
        keys.computeIfAbsent(reason, name -> new ArrayList<>()).add(KeyText.of(database, key));
    }

    synchronized List<Finding> findings() {
        return keys.entrySet().stream()
                .map(each -> Finding.warning(named(each.getValue()), each.getKey()))
                .toList();
    }

    private static String named(List<String> names) {
        int more = names.size() - NAMED;
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
