package dev.slipway.redis.compare;

import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import java.util.Collections;
import java.util.List;

/** When fields of hashes go, each by itself: from Redis 7.4 on, where HPEXPIRETIME tells. */
final class FieldTimes {
    private static final byte[] NOBODYS = {'n', 'o', 'b', 'o', 'd', 'y', 's'};

    private FieldTimes() {}

    /** Whether the server lets fields expire. */
    static boolean known(RedisStore store, int database) {
        try {
            store.await(store.database(database).hpexpiretime(NOBODYS, NOBODYS));
            return true;
        } catch (RedisCommandExecutionException e) {
            // A key of that name may be of another type.
            return RedisStore.reason(e).startsWith("WRONGTYPE");
        }
    }

    static List<Expiry> of(KeySide side, byte[] key, List<byte[]> fields) {
        if (fields.isEmpty() || !side.fieldTimes()) {
            return Collections.nCopies(fields.size(), Expiry.NEVER);
        }
        RedisFuture<List<Long>> answer = side.commands().hpexpiretime(key, fields.toArray(byte[][]::new));
        List<Long> times = side.await(answer);
        // A key that is gone has no list.
        return times.size() == fields.size()
                ? times.stream().map(Expiry::new).toList()
                : Collections.nCopies(fields.size(), Expiry.GONE);
    }
}
