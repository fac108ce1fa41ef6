package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.util.concurrent.TimeUnit;

/** Servers that share the keys by their slots; a key whose slot has moved, or is just moving, is asked for where it went. */
final class Cluster implements AutoCloseable {
    /** While slots are moved a command may be sent on more than once. */
    private static final int REDIRECTS = 16;

    private final StoreUrl url;
    private final RedisClusterClient client;
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;

    private Cluster(
            StoreUrl url, RedisClusterClient client, StatefulRedisClusterConnection<byte[], byte[]> connection) {
        this.url = url;
        this.client = client;
        this.connection = connection;
    }

    static Cluster open(ClientResources resources, StoreUrl url) {
        RedisClusterClient client = RedisClusterClient.create(resources, Address.of(url, 0));
        ClusterClientOptions.Builder options = ClusterClientOptions.builder().maxRedirects(REDIRECTS);
        // Otherwise Lettuce refuses what is sent to a server to which it is only just connecting.
        Address.fill(options, url).autoReconnect(true);
        client.setOptions(options.build());
        return new Cluster(url, client, client.connect(ByteArrayCodec.INSTANCE));
    }

    RedisClusterAsyncCommands<byte[], byte[]> database(int index) {
        requireTheOne(index);
        return connection.async();
    }

    /** It flushes by itself: what is sent on to another server would wait for that. */
    Pipeline pipeline(RedisStore store, int index) {
        requireTheOne(index);
        StatefulRedisClusterConnection<byte[], byte[]> another = client.connect(ByteArrayCodec.INSTANCE);
        return new Pipeline(store, another, another.async());
    }

    private void requireTheOne(int index) {
        if (index != 0) {
            throw new InvalidInput(
                    "open database " + index + " of the Redis at " + url.host(),
                    "it is a cluster, which has database 0 only",
                    "name the one database to copy, as redis://host:port/" + index + "?db=only");
        }
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
