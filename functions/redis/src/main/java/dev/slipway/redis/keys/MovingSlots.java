package dev.slipway.redis.keys;

import dev.slipway.redis.session.RedisStore;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Goes through all keys again where slots of a cluster were moved meanwhile: SCAN goes from one server to the next, and misses what
 * is moved from one that it has not seen to one that it has.
 */
public final class MovingSlots {
    private static final int ROUNDS = 5;

    private MovingSlots() {}

    /**
     * Which server has which slots.
     *
     * @param open whether a slot is just being moved
     */
    private record Layout(List<String> servers, boolean open) {
        static Layout of(List<RedisStore> clusters) {
            TreeSet<String> servers = new TreeSet<>();
            for (RedisStore cluster : clusters) {
                cluster.refresh();
                cluster.primaries()
                        .forEach((address, server) -> cluster.await(server.clusterNodes())
                                .lines()
                                .filter(line -> line.contains("myself"))
                                .map(Layout::slots)
                                .forEach(servers::add));
            }
            return new Layout(List.copyOf(servers), servers.stream().anyMatch(slots -> slots.contains("[")));
        }

        /** The server's name, its configuration's number, and its slots; what is between tells of its connections. */
        private static String slots(String line) {
            List<String> words = List.of(line.split(" ", -1));
            return words.getFirst() + " " + String.join(" ", words.subList(Math.min(words.size(), 6), words.size()));
        }
    }

    /**
     * Calls the round once or, as long as that has not seen all keys, again.
     *
     * @param round is told whether it is the first
     * @return whether the last round saw all keys
     */
    public static boolean settle(RedisStore source, RedisStore target, Consumer<Boolean> round) {
        List<RedisStore> clusters =
                List.of(source, target).stream().filter(RedisStore::isCluster).toList();
        Layout before = Layout.of(clusters);
        for (int number = 1; ; number++) {
            round.accept(number == 1);
            Layout after = Layout.of(clusters);
            if (!before.open && before.equals(after)) {
                return true;
            }
            if (after.open || number == ROUNDS) {
                return false;
            }
            before = after;
        }
    }
}
