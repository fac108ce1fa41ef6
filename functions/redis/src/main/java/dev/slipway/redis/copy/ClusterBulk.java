package dev.slipway.redis.copy;

import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.session.Pipeline;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RestoreArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** On the servers of a cluster: each command finds the server that has its key. */
final class ClusterBulk implements Bulk {
    private final Pipeline pipeline;

    ClusterBulk(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public List<Long> sizes(List<byte[]> keys) {
        List<RedisFuture<Long>> answers = pipeline.together(
                commands -> keys.stream().map(commands::memoryUsage).toList());
        return answers.stream().map(this::size).toList();
    }

    private long size(RedisFuture<Long> answer) {
        try {
            @Nullable Long size = pipeline.await(answer);
            return size == null ? 0 : size;
        } catch (RedisCommandExecutionException e) {
            return UNKNOWN;
        }
    }

    @Override
    public List<Dump> dumps(List<byte[]> keys) {
        return Dump.request(pipeline, keys).await();
    }

    @Override
    public List<Optional<String>> restore(List<Dump> dumps) {
        List<RedisFuture<String>> answers = pipeline.together(commands -> dumps.stream()
                .map(dump -> commands.restore(
                        dump.key(),
                        dump.payload(),
                        RestoreArgs.Builder.ttl(Math.max(0, dump.expiry().millis()))
                                .replace()
                                .absttl(dump.expiry().isVolatile())))
                .toList());
        List<Optional<String>> refused = new ArrayList<>();
        answers.forEach(answer -> refused.add(refusal(answer)));
        return refused;
    }

    private Optional<String> refusal(RedisFuture<String> answer) {
        try {
            pipeline.await(answer);
            return Optional.empty();
        } catch (RedisCommandExecutionException e) {
            return Optional.of(RedisStore.reason(e));
        }
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
