package dev.slipway.servers;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Servers that share the hash slots of a Redis Cluster, all of them primaries. */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The bus listens so far above a server's port, which has to leave room for it. */
    private static final int BUS = 10_000;

    private static final int LAST_PORT = 65_535;

    private final List<RedisServer> nodes;

    private RedisCluster(List<RedisServer> nodes) {
        this.nodes = nodes;
    }

    /**
     * Starts servers and returns when all of them know of all slots.
     *
     * @param place of each, in a folder of its own below the place's; its port is 0
     */
    public static RedisCluster start(RedisServer.Place place, int nodes) throws IOException {
        RedisCluster cluster = new RedisCluster(new ArrayList<>());
        try {
            while (cluster.nodes.size() < nodes) {
                cluster.add(place);
            }
            cluster.join();
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw e;
        }
    }

    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }

    private void add(RedisServer.Place place) throws IOException {
        List<String> lines = new ArrayList<>(place.configuration());
        lines.add("cluster-enabled yes");
        // A machine under load lets a node wait for longer than the usual 15 seconds.
        lines.add("cluster-node-timeout 60000");
        for (int attempt = 1; ; attempt++) {
            try {
                nodes.add(start(place, lines));
                return;
            } catch (IOException e) {
                // Another process may have taken the port, or that of its bus, which nobody held when it was chosen.
                if (attempt == RedisServer.ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static RedisServer start(RedisServer.Place place, List<String> lines) throws IOException {
        return RedisServer.start(new RedisServer.Place(
                place.cache(),
                place.data().resolve("node" + System.nanoTime()),
                place.pids(),
                place.address(),
                portWithABus(place.address()),
                lines,
                place.program(),
                place.identity(),
                place.environment()));
    }

    private static int portWithABus(String address) throws IOException {
        int port;
        do {
            port = RedisServer.freePort(address);
        } while (port + BUS > LAST_PORT);
        return port;
    }

    private void join() throws IOException {
        for (int i = 0; i < nodes.size(); i++) {
            String slots = IntStream.range(SLOTS * i / nodes.size(), SLOTS * (i + 1) / nodes.size())
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(" "));
            say(nodes.get(i), "CLUSTER ADDSLOTS " + slots);
            say(nodes.get(i), "CLUSTER SET-CONFIG-EPOCH " + (i + 1));
            say(
                    nodes.getFirst(),
                    "CLUSTER MEET " + nodes.get(i).address() + " "
                            + nodes.get(i).port());
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (RedisServer node : nodes) {
            while (!say(node, "CLUSTER INFO").contains("cluster_state:ok")
                    || !say(node, "CLUSTER INFO").contains("cluster_slots_ok:" + SLOTS)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "the nodes of a cluster did not find each other: " + say(node, "CLUSTER INFO"));
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private static String say(RedisServer node, String command) throws IOException {
        try (Socket socket = new Socket(node.address(), node.port())) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
