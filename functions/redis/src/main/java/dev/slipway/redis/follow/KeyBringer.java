package dev.slipway.redis.follow;

import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.compare.RedisCompare;
import dev.slipway.redis.follow.ChangeWriter.Placed;
import dev.slipway.redis.keys.ChangedKeys;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.replication.ReplicaLink;
import dev.slipway.redis.replication.StreamPosition;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Wire;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Gatherers;

/**
 * Makes keys of a target the same as the source's, whole values by DUMP and RESTORE, as long as the target's state names it: whoever
 * writes another name there ends that at once, wherever this one was.
 */
final class KeyBringer implements AutoCloseable {
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(5);

    private final RedisStore from;
    private final RedisStore to;
    private final RedisCompare compare;
    private final ChangeWriter writer;
    private final Thread signs = Thread.ofVirtual().name("redis-signs").unstarted(this::giveSigns);
    private volatile StreamPosition place = StreamState.UNSEEN;

    private KeyBringer(RedisStore from, RedisStore to, RedisCompare compare, ChangeWriter writer) {
        this.from = from;
        this.to = to;
        this.compare = compare;
        this.writer = writer;
    }

    /**
     * What was brought.
     *
     * @param bytes of the values, as the source serialises them
     */
    record Brought(int keys, long bytes) {
        static final Brought NOTHING = new Brought(0, 0);

        Brought and(Brought more) {
            return new Brought(keys + more.keys, bytes + more.bytes);
        }
    }

    /** Another brings changes by now. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Why a key cannot be brought; whether it can be later is another question. */
    static final class Unbrought extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final boolean passing;

        private Unbrought(String why, boolean passing) {
            super(why);
            this.passing = passing;
        }

        private static Unbrought said(ChangeWriter.Refused answer) {
            return new Unbrought("a server answered '" + answer.said() + "'", answer.isPassing());
        }

        /** Whether the same may be answered otherwise in a moment. */
        boolean isPassing() {
            return passing;
        }
    }

    /** @throws FollowFailed if another has taken over since the writer did */
    static KeyBringer of(RedisStore from, RedisStore to, RedisCompare compare, ChangeWriter writer) {
        KeyBringer bringer = new KeyBringer(from, to, compare, writer);
        try {
            bringer.note(StreamState.UNSEEN);
            bringer.signs.start();
            return bringer;
        } catch (Unbrought e) {
            writer.close();
            throw new FollowFailed(
                    "bring changes to " + to.url(),
                    String.valueOf(e.getMessage()),
                    "see to that, and run the same again",
                    e);
        } catch (Overtaken e) {
            writer.close();
            throw new FollowFailed("bring changes to " + to.url(), "another worker does", "leave it to that one", e);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    String owner() {
        return writer.owner();
    }

    /** Whoever sees the state change knows that somebody is at work, however long a look at all takes. */
    private void giveSigns() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_SIGNS);
                giveSign();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Whoever brings the next keys is told the same.
        }
    }

    private synchronized void giveSign() {
        write(List.of(), place);
    }

    /**
     * Says how far the target is.
     *
     * @throws Overtaken if another says so by now
     */
    void note(StreamPosition now) {
        asked(() -> write(List.of(), now));
    }

    private synchronized void write(List<Placed> changes, StreamPosition now) {
        if (!writer.write(changes, now)) {
            throw new Overtaken();
        }
        place = now;
    }

    /** Every key that differs, by looks at both sides: at a time no more names are kept than are told of between two passes. */
    Brought all(Progress progress) {
        Brought brought = Brought.NOTHING;
        ChangedKeys differing;
        do {
            differing = look(progress);
            brought = brought.and(some(differing.take()));
        } while (differing.isFull());
        return brought;
    }

    private ChangedKeys look(Progress progress) {
        ChangedKeys differing = new ChangedKeys();
        asked(() -> compare.compare(from, to, progress, (side, database, key) -> differing.addWhileRoom(key)));
        return differing;
    }

    /** Those that differ of the keys of these names, in every database. */
    Brought some(List<byte[]> names) {
        Brought[] brought = {Brought.NOTHING};
        asked(() -> {
            for (DatabasePair pair : names.isEmpty() ? List.<DatabasePair>of() : DatabasePair.of(from, to)) {
                for (List<byte[]> batch : names.stream()
                        .gather(Gatherers.windowFixed(KeyBatches.KEYS))
                        .toList()) {
                    brought[0] = brought[0].and(bring(pair, compare.different(from, to, pair, batch)));
                }
            }
        });
        return brought[0];
    }

    private static void asked(Runnable work) {
        try {
            work.run();
        } catch (RedisCommandExecutionException e) {
            throw Unbrought.said(new ChangeWriter.Refused(RedisStore.reason(e), /* partlyDone= */ false));
        } catch (ChangeWriter.Refused e) {
            throw Unbrought.said(e);
        }
    }

    /** Leaves the target to whoever comes next. */
    void leave() {
        writer.leave();
    }

    /** Nobody brings anything there any more; false where another has taken over before. */
    boolean remove() {
        return writer.remove();
    }

    private Brought bring(DatabasePair pair, List<byte[]> differing) {
        Brought brought = Brought.NOTHING;
        for (List<byte[]> batch : KeyBatches.withValues(from, pair.source(), differing)) {
            requireHeld(pair, batch);
            List<Dump> dumps = Dump.request(from, pair.source(), batch).await();
            List<Placed> changes = new ArrayList<>();
            long bytes = 0;
            for (Dump dump : dumps) {
                changes.add(new Placed(pair.target(), words(dump)));
                bytes += dump.size();
            }
            write(changes, place);
            brought = brought.and(new Brought(changes.size(), bytes));
        }
        return brought;
    }

    /** A value that has a batch of its own may be a large one. */
    private void requireHeld(DatabasePair pair, List<byte[]> batch) {
        if (batch.size() == 1 && KeyBatches.size(from, pair.source(), batch.getFirst()) > ReplicaLink.WHOLE) {
            throw new Unbrought(
                    "the value of " + KeyText.of(pair.source(), batch.getFirst()) + " is larger than "
                            + (ReplicaLink.WHOLE >> 20) + " MiB, which is as much as can be followed",
                    /* passing= */ false);
        }
    }

    private static List<byte[]> words(Dump dump) {
        if (!dump.exists()) {
            return List.of(Wire.ascii("UNLINK"), dump.key());
        }
        return List.of(
                Wire.ascii("RESTORE"),
                dump.key(),
                Wire.ascii(Long.toString(Math.max(0, dump.expiry().millis()))),
                dump.payload(),
                Wire.ascii("REPLACE"),
                Wire.ascii("ABSTTL"));
    }

    @Override
    public void close() {
        signs.interrupt();
        writer.close();
        try {
            signs.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
