package dev.slipway.redis;

import dev.slipway.migration.Progress;
import dev.slipway.servers.RedisCluster;
import dev.slipway.servers.RedisServer;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Exchanges slots between a cluster's first server and its last, as redis-cli's reshard does, whichever of them a SCAN sees first. */
final class SlotMover implements AutoCloseable {
    private static final int TIMEOUT = 5_000;

    private final Node first;
    private final Node last;
    private final List<Node> all;
    private final RedisClient client = RedisClient.create();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private CompletableFuture<Void> moving = CompletableFuture.completedFuture(null);
    private int exchanged;
    private int keys;

    SlotMover(RedisCluster cluster) {
        all = cluster.nodes().stream().map(this::connect).toList();
        first = all.getFirst();
        last = all.getLast();
    }

    /** A server and how to tell it something. */
    private record Node(RedisServer server, RedisCommands<byte[], byte[]> commands) {
        String id() {
            return commands.clusterMyId();
        }
    }

    private Node connect(RedisServer server) {
        return new Node(
                server,
                client.connect(ByteArrayCodec.INSTANCE, RedisURI.create(server.address(), server.port()))
                        .sync());
    }

    /**
     * Begins with the first progress, which it holds up until the first slots are moved.
     *
     * @param held how many of each server while the progress is held up
     * @param more how many more of each afterwards
     */
    Progress exchanges(int held, int more) {
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<Void> ahead = new CompletableFuture<>();
        return amount -> {
            if (begun.compareAndSet(false, true)) {
                moving = CompletableFuture.runAsync(
                        () -> {
                            try {
                                exchange(held);
                            } finally {
                                ahead.complete(null);
                            }
                            exchange(more);
                        },
                        thread);
            }
            ahead.join();
        };
    }

    /** Returns when all are moved: how many keys that were in all. */
    int awaitKeys() {
        moving.join();
        return keys;
    }

    /** One way and then the other: two servers that take slots at the same time may each take the other for out of date. */
    private void exchange(int slots) {
        for (int i = exchanged; i < exchanged + slots; i++) {
            move(SlotHash.SLOT_COUNT - 1 - i, last, first);
        }
        awaitAgreement();
        for (int i = exchanged; i < exchanged + slots; i++) {
            move(i, first, last);
        }
        awaitAgreement();
        exchanged += slots;
    }

    private void awaitAgreement() {
        Await.until(() -> all.stream().map(SlotMover::view).distinct().count() == 1);
    }

    /** Which server has which slots since when, to one of them. */
    private static Set<String> view(Node node) {
        return node.commands
                .clusterNodes()
                .lines()
                .map(line -> List.of(line.split(" ", -1)))
                .map(words -> words.getFirst() + words.subList(6, 7) + words.subList(8, words.size()))
                .collect(Collectors.toSet());
    }

    private void move(int slot, Node from, Node to) {
        to.commands.clusterSetSlotImporting(slot, from.id());
        open(slot, from, to);
        for (List<byte[]> some = next(slot, from); !some.isEmpty(); some = next(slot, from)) {
            // One by one, so that a slot's keys are on two servers for a while.
            from.commands.migrate(
                    to.server.address(),
                    to.server.port(),
                    0,
                    TIMEOUT,
                    MigrateArgs.Builder.<byte[]>key(some.getFirst()));
            keys++;
        }
        for (Node node : List.of(to, from)) {
            node.commands.clusterSetSlotNode(slot, to.id());
        }
    }

    private static List<byte[]> next(int slot, Node from) {
        return from.commands.clusterGetKeysInSlot(slot, 1);
    }

    /** Leaves a slot between two servers. */
    void open(int slot) {
        open(slot, last, first);
    }

    private static void open(int slot, Node from, Node to) {
        from.commands.clusterSetSlotMigrating(slot, to.id());
    }

    @Override
    public void close() {
        thread.shutdownNow();
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
