package dev.slipway.redis.pieces;

import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.Pipeline;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RestoreArgs;
import java.util.List;
import java.util.Optional;

/**
 * Copies one value by the commands of its type: neither server has to read the other's DUMP, and no more than a piece of it is held.
 * It is put together under another name in the same slot and renamed, so nobody sees half of it.
 */
public final class PiecewiseCopy {
    private static final int TRIES = 5;

    private final ReadLimit limit;
    private final Runnable permit;
    private final FieldTimes times = new FieldTimes();

    /** @param permit throws {@link StaleAttempt} where the target is no longer ours; asked before a value takes its place */
    public PiecewiseCopy(ReadLimit limit, Runnable permit) {
        this.limit = limit;
        this.permit = permit;
    }

    /** What became of one key. */
    public sealed interface Outcome {}

    /**
     * It is on the target.
     *
     * @param fieldTimesLost whether fields of its hash go on the source and not on the target
     */
    public record Written(long bytes, boolean fieldTimesLost) implements Outcome {}

    /** The source has not got it any more, and neither has the target. */
    public record Gone() implements Outcome {}

    /** Its type is a module's, and the target does not take its DUMP, which alone can carry it. */
    public record UnknownType(String type) implements Outcome {}

    public Outcome copy(Pipeline source, Pipeline target, byte[] key) {
        for (int attempt = 1; ; attempt++) {
            Transfer transfer = new Transfer(source, target, limit, key, OurKeys.half(key));
            try {
                return copyOnce(transfer);
            } catch (RedisCommandExecutionException e) {
                target.ask(commands -> commands.unlink(transfer.half()));
                // The app has put a value of another type there meanwhile, or has deleted a stream or a group.
                if (attempt == TRIES || !isChanged(RedisStore.reason(e))) {
                    throw e;
                }
            }
        }
    }

    private static boolean isChanged(String said) {
        return said.startsWith("WRONGTYPE") || said.startsWith("ERR no such key") || said.startsWith("NOGROUP");
    }

    private Outcome copyOnce(Transfer transfer) {
        String type = transfer.source().ask(commands -> commands.type(transfer.key()));
        if (type.equals("none")) {
            return gone(transfer);
        }
        Optional<Pieces> pieces = Pieces.of(type, times);
        if (pieces.isEmpty()) {
            return restored(transfer, type);
        }
        long bytes = pieces.get().copy(transfer);
        Expiry expiry = expiry(transfer);
        requirePermit(transfer);
        return expiry.equals(Expiry.GONE) || !finish(transfer, expiry)
                ? gone(transfer)
                : new Written(bytes, times.isLost(transfer.key()));
    }

    /** A module's value cannot be taken to pieces: it has to fit into memory. */
    private Outcome restored(Transfer transfer, String type) {
        Dump dump =
                Dump.request(transfer.source(), List.of(transfer.key())).await().getFirst();
        if (!dump.exists()) {
            return gone(transfer);
        }
        limit.await(dump.size());
        permit.run();
        RestoreArgs how = RestoreArgs.Builder.ttl(Math.max(0, dump.expiry().millis()))
                .replace()
                .absttl(dump.expiry().isVolatile());
        try {
            transfer.target().ask(commands -> commands.restore(transfer.key(), dump.payload(), how));
            return new Written(dump.size(), false);
        } catch (RedisCommandExecutionException e) {
            if (isUnreadable(RedisStore.reason(e))) {
                return new UnknownType(type);
            }
            throw e;
        }
    }

    /** Whether that is what a server says of a dump in a later version, or of a type that it does not know. */
    public static boolean isUnreadable(String said) {
        return said.contains("DUMP payload version") || said.contains("Bad data format");
    }

    private static Expiry expiry(Transfer transfer) {
        Times asked = transfer.source().together(commands -> new Times(commands.time(), commands.pttl(transfer.key())));
        List<byte[]> now = transfer.source().await(asked.time);
        return Expiry.of(now, transfer.source().await(asked.ttl));
    }

    private record Times(RedisFuture<List<byte[]>> time, RedisFuture<Long> ttl) {}

    /** Whether there was anything to finish: a value whose time has come, or whose elements were taken one by one, is not there. */
    private static boolean finish(Transfer transfer, Expiry expiry) {
        Pipeline target = transfer.target();
        if (expiry.isVolatile()) {
            target.ask(commands -> commands.pexpireat(transfer.half(), expiry.millis()));
        }
        try {
            target.store()
                    .whenSlotIsWhole(() -> target.ask(commands -> commands.rename(transfer.half(), transfer.key())));
            return true;
        } catch (RedisCommandExecutionException e) {
            if (RedisStore.reason(e).startsWith("ERR no such key")) {
                return false;
            }
            throw e;
        }
    }

    /** What is only half there goes at once: whoever has the target now may have looked for such keys already. */
    private void requirePermit(Transfer transfer) {
        try {
            permit.run();
        } catch (StaleAttempt e) {
            transfer.target().ask(commands -> commands.unlink(transfer.half()));
            throw e;
        }
    }

    private Outcome gone(Transfer transfer) {
        requirePermit(transfer);
        transfer.target().ask(commands -> commands.unlink(transfer.half()));
        transfer.target().ask(commands -> commands.unlink(transfer.key()));
        return new Gone();
    }
}
