package dev.slipway.redis.keys;

import dev.slipway.redis.session.RedisStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Goes through all keys again where slots of a cluster were moved meanwhile: SCAN goes from one server to the next, and misses what
 * is moved from one that it has not seen to one that it has.
 */
public final class MovingSlots {
    private static final int ROUNDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(300);

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
                cluster.servers(0)
                        .forEach(server -> cluster.await(server.commands().clusterNodes())
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
        Optional<Layout> before = Optional.of(Layout.of(clusters));
        for (int number = 1; before.isPresent(); number++) {
            round.accept(number == 1);
            Layout after = Layout.of(clusters);
            if (!after.open && before.get().equals(after)) {
                return true;
            }
            before = number == ROUNDS ? Optional.empty() : atRest(clusters, after);
        }
        return false;
    }

    /** Waits for the end of what is being moved; empty where that does not come soon. */
    private static Optional<Layout> atRest(List<RedisStore> clusters, Layout seen) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Layout last = seen;
        while (System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            Layout next = Layout.of(clusters);
            if (!next.open && next.equals(last)) {
                return Optional.of(next);
            }
            last = next;
        }
        return Optional.empty();
    }
}
