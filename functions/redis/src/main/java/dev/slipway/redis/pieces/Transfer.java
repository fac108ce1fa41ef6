package dev.slipway.redis.pieces;

import dev.slipway.migration.ReadLimit;
import dev.slipway.redis.session.Pipeline;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** A value on its way: numbers stay as the source writes them, because what is never read as a number is never rounded. */
final class Transfer {
    /** What is asked for at once, as far as it can be told before. */
    static final long PIECE = 1L << 20;

    private static final long MOST = 10_000;

    private final Pipeline source;
    private final Pipeline target;
    private final ReadLimit limit;
    private final byte[] key;
    private final byte[] half;

    /**
     * @param key on the source
     * @param half where the target puts the value together
     */
    Transfer(Pipeline source, Pipeline target, ReadLimit limit, byte[] key, byte[] half) {
        this.source = source;
        this.target = target;
        this.limit = limit;
        this.key = key;
        this.half = half;
    }

    Pipeline source() {
        return source;
    }

    Pipeline target() {
        return target;
    }

    ReadLimit limit() {
        return limit;
    }

    byte[] key() {
        return key;
    }

    byte[] half() {
        return half;
    }

    /** What the source answers: byte arrays, numbers and lists of these. */
    List<?> read(ProtocolKeyword command, CommandArgs<byte[], byte[]> arguments) {
        List<?> answer = source.ask(
                commands -> commands.dispatch(command, new ArrayOutput<>(ByteArrayCodec.INSTANCE), arguments));
        limit.await(size(answer));
        return answer;
    }

    /** Sends one write of as many as are under way. */
    static RedisFuture<Object> write(
            RedisClusterAsyncCommands<byte[], byte[]> commands,
            ProtocolKeyword command,
            CommandArgs<byte[], byte[]> arguments) {
        return commands.dispatch(command, new Unread(), arguments);
    }

    void write(ProtocolKeyword command, CommandArgs<byte[], byte[]> arguments) {
        target.ask(commands -> write(commands, command, arguments));
    }

    /** As arguments of a command on the source's key. */
    CommandArgs<byte[], byte[]> ofKey() {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key);
    }

    /** As arguments of a command on the target's half value. */
    CommandArgs<byte[], byte[]> ofHalf() {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(half);
    }

    /** How many to ask for next, to judge by those at hand, but growing by steps: the next may be larger. */
    static long next(long width, List<?> seen) {
        long fitting = PIECE * width / Math.max(1, size(seen));
        return Math.clamp(fitting, 1, Math.min(MOST, width * 8));
    }

    static long size(List<?> answer) {
        long size = 0;
        for (Object each : answer) {
            size += switch (Objects.requireNonNullElse(each, 0L)) {
                case byte[] bytes -> bytes.length;
                case List<?> list -> size(list);
                default -> Long.BYTES;
            };
        }
        return size;
    }

    /** Of an answer that is no refusal nothing needs to be known. */
    private static final class Unread extends CommandOutput<byte[], byte[], Object> {
        private static final Object DONE = new Object();

        private Unread() {
            super(ByteArrayCodec.INSTANCE, DONE);
        }

        @Override
        public void set(ByteBuffer bytes) {}

        @Override
        public void set(long integer) {}

        @Override
        public void multi(int count) {}
    }
}
