package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.SocketAddressResolver;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection with the app's Redis, made at first use, so that a service starts while its Redis does not answer yet. */
final class RedisLink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Shared and never shut down; its threads are daemons. */
    private static final ClientResources RESOURCES = ClientResources.builder()
            // Lettuce would ask the name server itself; the JVM's own look-up honours jdk.net.hosts.file.
            .socketAddressResolver(SocketAddressResolver.create(InetAddress::getAllByName))
            .build();

    private final RedisClient client;
    private @Nullable StatefulRedisConnection<String, String> connection;

    RedisLink(StoreUrl url) {
        this.client = RedisClient.create(RESOURCES, uriOf(url));
    }

    boolean answers() {
        return commands().ping().equals("PONG");
    }

    synchronized RedisCommands<String, String> commands() {
        if (connection == null) {
            connection = client.connect();
        }
        return connection.sync();
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
