package dev.slipway.redis.repair;

import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.session.Pipeline;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Gatherers;

/**
 * Gives keys that expire on both sides the time at which they do on the source. A server before 7.0 tells a replica in how many
 * seconds a key expires (https://github.com/redis/redis/pull/8474), and they begin there when it hears of that.
 */
public final class ExpiryMend {
    private final RedisStore source;
    private final RedisStore target;
    private final Duration tolerance;

    /** @param tolerance so far apart two times may stay */
    public ExpiryMend(RedisStore source, RedisStore target, Duration tolerance) {
        this.source = source;
        this.target = target;
        this.tolerance = tolerance;
    }

    /** How many of the keys of these names, in every database, have another time now. */
    public int run(List<byte[]> names) {
        int mended = 0;
        for (DatabasePair pair : DatabasePair.of(source, target)) {
            Pipeline from = source.shared(pair.source());
            Pipeline to = target.shared(pair.target());
            for (List<byte[]> batch : names.stream()
                    .gather(Gatherers.windowFixed(KeyBatches.KEYS))
                    .toList()) {
                mended += mend(from, to, batch);
            }
        }
        return mended;
    }

    private int mend(Pipeline from, Pipeline to, List<byte[]> keys) {
        Times wanted = Times.ask(from, keys);
        Times found = Times.ask(to, keys);
        List<Integer> wrong = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (wanted.expires(i) && found.expires(i) && Math.abs(wanted.at(i) - found.at(i)) > tolerance.toMillis()) {
                wrong.add(i);
            }
        }
        to.all(commands -> wrong.stream()
                .map(i -> commands.pexpireat(keys.get(i), wanted.at(i)))
                .toList());
        return wrong.size();
    }

    /**
     * When keys expire.
     *
     * @param now the server's clock, in milliseconds since 1970
     * @param left milliseconds until each key does; less than 0 where it does not, or is not there
     */
    private record Times(long now, List<Long> left) {
        private record Questions(RedisFuture<List<byte[]>> time, List<RedisFuture<Long>> left) {}

        static Times ask(Pipeline side, List<byte[]> keys) {
            Questions questions = side.together(commands -> new Questions(
                    commands.time(), keys.stream().map(commands::pttl).toList()));
            List<byte[]> time = side.await(questions.time);
            long now = number(time.getFirst()) * 1_000 + number(time.getLast()) / 1_000;
            return new Times(now, questions.left.stream().map(side::await).toList());
        }

        private static long number(byte[] digits) {
            return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
        }

        boolean expires(int key) {
            return left.get(key) > 0;
        }

        long at(int key) {
            return now + left.get(key);
        }
    }
}
