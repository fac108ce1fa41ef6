package dev.slipway.redis.pieces;

import dev.slipway.redis.session.Pipeline;
import io.lettuce.core.RedisCommandExecutionException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** When fields of hashes go, each by itself: from Redis 7.4 on. A target without that keeps the fields for ever, and the key is noted. */
final class FieldTimes {
    private static final byte[] NOBODYS = "{slipway}nobodys".getBytes(StandardCharsets.US_ASCII);

    private final Map<Object, Boolean> known = new ConcurrentHashMap<>();
    private final Set<ByteBuffer> lost = ConcurrentHashMap.newKeySet();

    /** Gives the fields, which are there already, their times. */
    void copy(Transfer transfer, List<byte[]> fields) {
        if (!has(transfer.source())) {
            return;
        }
        List<Long> times =
                transfer.source().ask(commands -> commands.hpexpiretime(transfer.key(), fields.toArray(byte[][]::new)));
        Map<Long, List<byte[]>> byTime = new TreeMap<>();
        for (int i = 0; i < times.size(); i++) {
            if (times.get(i) >= 0) {
                byTime.computeIfAbsent(times.get(i), time -> new ArrayList<>()).add(fields.get(i));
            }
        }
        if (byTime.isEmpty()) {
            return;
        }
        if (has(transfer.target())) {
            transfer.target()
                    .all(commands -> byTime.entrySet().stream()
                            .map(each -> commands.hpexpireat(
                                    transfer.half(),
                                    each.getKey(),
                                    each.getValue().toArray(byte[][]::new)))
                            .toList());
        } else {
            lost.add(ByteBuffer.wrap(transfer.key()));
        }
    }

    /** Whether the key's fields have times that the target cannot keep. */
    boolean isLost(byte[] key) {
        return lost.remove(ByteBuffer.wrap(key));
    }

    private boolean has(Pipeline side) {
        return known.computeIfAbsent(side.store(), store -> {
            try {
                side.ask(commands -> commands.hpexpiretime(NOBODYS, NOBODYS));
                return true;
            } catch (RedisCommandExecutionException e) {
                return false;
            }
        });
    }
}
