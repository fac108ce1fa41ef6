package dev.slipway.redis.session;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.function.Function;

/** A connection to one database whose commands are sent in batches: a system call for a batch, not for each command. */
public final class Pipeline implements AutoCloseable {
    private final RedisStore store;
    private final StatefulConnection<byte[], byte[]> connection;
    private final RedisClusterAsyncCommands<byte[], byte[]> commands;

    Pipeline(
            RedisStore store,
            StatefulConnection<byte[], byte[]> connection,
            RedisClusterAsyncCommands<byte[], byte[]> commands) {
        this.store = store;
        this.connection = connection;
        this.commands = commands;
    }

    public RedisStore store() {
        return store;
    }

    /** Sends what the function sends in one go, in its order: two that flush at once would mix what they send. */
    public synchronized <T> T together(Function<RedisClusterAsyncCommands<byte[], byte[]>, T> batch) {
        try {
            return batch.apply(commands);
        } finally {
            connection.flushCommands();
        }
    }

    /** Sends one command and waits for its answer. */
    public <T> T ask(Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
        return store.await(together(command));
    }

    /** Sends the commands in one go and waits for all answers; throws what the first that was refused answers. */
    public void all(Function<RedisClusterAsyncCommands<byte[], byte[]>, List<? extends RedisFuture<?>>> batch) {
        together(batch).forEach(store::await);
    }

    /** Waits for an answer, as {@link RedisStore#await} does. */
    public <T> T await(RedisFuture<T> answer) {
        return store.await(answer);
    }

    @Override
    public void close() {
        connection.close();
    }
}
