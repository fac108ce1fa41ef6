package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Servers that share the keys by their slots; a key whose slot has moved, or is just moving, is asked for where it went. */
final class Cluster implements AutoCloseable {
    /** While slots are moved a command may be sent on more than once. */
    private static final int REDIRECTS = 16;

    private final StoreUrl url;
    private final RedisClusterClient client;
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final Queue<StatefulRedisClusterConnection<byte[], byte[]>> further = new ConcurrentLinkedQueue<>();

    private Cluster(
            StoreUrl url, RedisClusterClient client, StatefulRedisClusterConnection<byte[], byte[]> connection) {
        this.url = url;
        this.client = client;
        this.connection = connection;
    }

    static Cluster open(StoreUrl url) {
        RedisClusterClient client = RedisClusterClient.create(NamedServer.RESOURCES, Address.of(url, 0));
        ClusterClientOptions.Builder options = ClusterClientOptions.builder().maxRedirects(REDIRECTS);
        client.setOptions(Address.fill(options, url).build());
        Cluster cluster = new Cluster(url, client, client.connect(ByteArrayCodec.INSTANCE));
        try {
            cluster.greet(cluster.connection);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    RedisClusterAsyncCommands<byte[], byte[]> database(int index) {
        requireTheOne(index);
        return connection.async();
    }

    /** The servers that take writes, in the order of their addresses. */
    List<KeyServer> servers() {
        return upstream().stream()
                .map(node -> new KeyServer(
                        node.getUri().getHost() + ":" + node.getUri().getPort(),
                        Slots.of(node.getSlots()),
                        to(node, connection).async()))
                .sorted(Comparator.comparing(KeyServer::address))
                .toList();
    }

    /** It flushes by itself: what is sent on to another server would wait for that. */
    Pipeline pipeline(RedisStore store, int index) {
        requireTheOne(index);
        StatefulRedisClusterConnection<byte[], byte[]> another = client.connect(ByteArrayCodec.INSTANCE);
        further.add(another);
        greet(another);
        return new Pipeline(store, another, another.async());
    }

    /** Asks anew which servers there are. */
    void refresh() {
        client.refreshPartitions();
        greet(connection);
        further.stream().filter(StatefulConnection::isOpen).forEach(this::greet);
    }

    /** Connects to every server before anything is sent: what is sent to one to which Lettuce is only just connecting it refuses. */
    private void greet(StatefulRedisClusterConnection<byte[], byte[]> nodes) {
        upstream().forEach(node -> greet(to(node, nodes)));
    }

    private List<RedisClusterNode> upstream() {
        return client.getPartitions().stream()
                .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM))
                .toList();
    }

    private static StatefulRedisConnection<byte[], byte[]> to(
            RedisClusterNode node, StatefulRedisClusterConnection<byte[], byte[]> nodes) {
        return nodes.getConnection(node.getUri().getHost(), node.getUri().getPort());
    }

    private static void greet(StatefulRedisConnection<byte[], byte[]> node) {
        try {
            node.sync().ping();
        } catch (RedisCommandExecutionException e) {
            // It answers; not every user may ask that.
            return;
        }
    }

    private void requireTheOne(int index) {
        if (index != 0) {
            throw new InvalidInput(
                    "open database " + index + " of the Redis at " + url.host(),
                    "it is a cluster, which has database 0 only",
                    "name the one database to copy, as redis://host:port/" + index
                            + "?db=only, or put all of them into that one by ?map=*:0 in the target's URL");
        }
    }

    /** Each by itself: a shutdown of the client complains of those that are closed already. */
    @Override
    public void close() {
        further.stream().filter(StatefulConnection::isOpen).forEach(StatefulConnection::close);
        connection.close();
    }
}
