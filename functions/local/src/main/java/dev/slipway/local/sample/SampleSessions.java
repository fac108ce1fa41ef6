package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.SocketAddressResolver;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The app's Redis: sessions that it reads and marks that it leaves. */
final class SampleSessions implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration WEEK = Duration.ofDays(7);

    /** Shared and never shut down; its threads are daemons. */
    private static final ClientResources RESOURCES = ClientResources.builder()
            // Lettuce would ask the name server itself; the JVM's own look-up honours jdk.net.hosts.file.
            .socketAddressResolver(SocketAddressResolver.create(InetAddress::getAllByName))
            .build();

    private final RedisClient client;
    private @Nullable StatefulRedisConnection<String, String> connection;

    SampleSessions(StoreUrl url) {
        this.client = RedisClient.create(RESOURCES, uriOf(url));
    }

    void check() {
        connection().sync().ping();
    }

    Map<String, String> sessionOf(long parent) {
        return connection().sync().hgetall("session:" + parent);
    }

    void remember(String service, long message, String text) {
        connection().sync().set("message:" + service + ":" + message, text, SetArgs.Builder.ex(WEEK));
    }

    /** Made at first use, so that a service starts while its Redis does not answer yet. */
    private synchronized StatefulRedisConnection<String, String> connection() {
        if (connection == null) {
            connection = client.connect();
        }
        return connection;
    }

    private static RedisURI uriOf(StoreUrl url) {
        RedisURI.Builder builder = RedisURI.builder()
                .withHost(url.host())
                .withPort(url.port(6379))
                .withSsl(url.scheme().equals("rediss"))
                .withDatabase(url.path().isEmpty() ? 0 : Integer.parseInt(url.path()))
                .withTimeout(PATIENCE);
        url.password()
                .ifPresent(
                        password -> builder.withAuthentication(url.user().orElse("default"), password.toCharArray()));
        return builder.build();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, PATIENCE);
    }
}
