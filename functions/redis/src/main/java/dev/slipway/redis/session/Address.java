package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;

/** A store's URL in the words of Lettuce. */
final class Address {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private Address() {}

    static RedisURI of(StoreUrl url, int database) {
        RedisURI.Builder builder = RedisURI.builder()
                .withHost(url.host())
                .withPort(url.port(6379))
                .withSsl(url.scheme().equals("rediss"))
                .withDatabase(database)
                .withTimeout(Patience.GREETING);
        url.password()
                .ifPresent(password -> url.user()
                        .ifPresentOrElse(
                                user -> builder.withAuthentication(user, password.toCharArray()),
                                () -> builder.withPassword(password.toCharArray())));
        return builder.build();
    }

    static ClientOptions options(StoreUrl url) {
        return fill(ClientOptions.builder(), url).build();
    }

    static <B extends ClientOptions.Builder> B fill(B options, StoreUrl url) {
        // A command sent again to a restarted server would hide the restart.
        options.autoReconnect(false)
                .protocolVersion(ProtocolVersion.RESP2)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .keepAlive(true)
                        .build());
        if (url.scheme().equals("rediss")) {
            options.sslOptions(SslOptions.builder()
                    .jdkSslProvider()
                    .trustManager(Trust.of(url).managers())
                    .build());
        }
        return options;
    }
}
