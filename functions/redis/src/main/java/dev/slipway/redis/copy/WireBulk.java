package dev.slipway.redis.copy;

import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.DumpFooter;
import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.keys.PlainString;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Wire;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** On a connection of our own to a single server; one batch after the other. */
final class WireBulk implements Bulk {
    private static final byte[] MEMORY = Wire.ascii("MEMORY");
    private static final byte[] USAGE = Wire.ascii("USAGE");
    private static final byte[] TIME = Wire.ascii("TIME");
    private static final byte[] PTTL = Wire.ascii("PTTL");
    private static final byte[] DUMP = Wire.ascii("DUMP");
    private static final byte[] RESTORE = Wire.ascii("RESTORE");
    private static final byte[] SET = Wire.ascii("SET");
    private static final byte[] ENDS_AT = Wire.ascii("PXAT");
    private static final byte[] REPLACE = Wire.ascii("REPLACE");
    private static final byte[] ABSOLUTE = Wire.ascii("ABSTTL");
    private static final byte[] NEVER = Wire.ascii("0");

    private final RedisStore store;
    private final Wire wire;
    /** Whether SET takes the time at which a key ends. */
    private final boolean knowsEnds;

    private final ReentrantLock turn = new ReentrantLock();

    WireBulk(RedisStore store, Wire wire) {
        this.store = store;
        this.wire = wire;
        this.knowsEnds = store.isAtLeast(6, 2);
    }

    @Override
    public List<Long> sizes(List<byte[]> keys) {
        return inTurn(() -> {
            for (byte[] key : keys) {
                wire.add(MEMORY, USAGE, key);
            }
            wire.send();
            List<Long> sizes = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                sizes.add(
                        switch (wire.read()) {
                            case null -> 0L;
                            case Long size -> size;
                            default -> UNKNOWN;
                        });
            }
            return sizes;
        });
    }

    @Override
    public List<Dump> dumps(List<byte[]> keys) {
        return inTurn(() -> {
            wire.add(TIME);
            for (byte[] key : keys) {
                wire.add(PTTL, key);
                wire.add(DUMP, key);
            }
            wire.send();
            List<byte[]> now = new ArrayList<>();
            for (Object each : (List<?>) Objects.requireNonNull(answer())) {
                now.add((byte[]) each);
            }
            List<Dump> dumps = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
                long ttl = (Long) Objects.requireNonNull(answer());
                dumps.add(new Dump(key, (byte[]) answer(), Expiry.of(now, ttl)));
            }
            return dumps;
        });
    }

    @Override
    public List<Optional<String>> restore(List<Dump> dumps) {
        return inTurn(() -> {
            for (Dump dump : dumps) {
                write(dump);
            }
            wire.send();
            List<Optional<String>> refused = new ArrayList<>(dumps.size());
            for (int i = 0; i < dumps.size(); i++) {
                refused.add(
                        wire.read() instanceof Wire.Refusal refusal ? Optional.of(refusal.said()) : Optional.empty());
            }
            return refused;
        });
    }

    private void write(Dump dump) throws IOException {
        boolean ends = dump.expiry().isVolatile();
        int start = ends && !knowsEnds ? PlainString.NONE : PlainString.start(dump.payload());
        byte[] end = ends ? Wire.ascii(Long.toString(Math.max(1, dump.expiry().millis()))) : NEVER;
        if (start != PlainString.NONE) {
            set(dump, start, end, ends);
        } else if (ends) {
            wire.add(RESTORE, dump.key(), end, dump.payload(), REPLACE, ABSOLUTE);
        } else {
            wire.add(RESTORE, dump.key(), end, dump.payload(), REPLACE);
        }
    }

    /** What is a string as it is costs the server a fifth less than RESTORE, which has to check and read it first. */
    private void set(Dump dump, int start, byte[] end, boolean ends) throws IOException {
        wire.begin(ends ? 5 : 3);
        wire.addWord(SET, 0, SET.length);
        wire.addWord(dump.key(), 0, dump.key().length);
        wire.addWord(dump.payload(), start, dump.size() - DumpFooter.LENGTH - start);
        if (ends) {
            wire.addWord(ENDS_AT, 0, ENDS_AT.length);
            wire.addWord(end, 0, end.length);
        }
    }

    /** What was read before a refusal is of no use, nor is the connection. */
    private @Nullable Object answer() throws IOException {
        Object answer = wire.read();
        if (answer instanceof Wire.Refusal refusal) {
            throw new RedisCommandExecutionException(refusal.said());
        }
        return answer;
    }

    /** Something that a connection is needed for. */
    private interface Use<T> {
        T with() throws IOException;
    }

    private <T> T inTurn(Use<T> use) {
        turn.lock();
        try {
            return use.with();
        } catch (IOException e) {
            throw store.broken(e);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
