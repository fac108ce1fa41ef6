package dev.slipway.redis.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.replication.StreamPosition;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does on a target what was done on its source, a batch a transaction, each together with the place up to which it goes. */
final class ChangeWriter implements AutoCloseable {
    private static final String NAME = "slipway-follow";
    private static final byte[] MULTI = Wire.ascii("MULTI");
    private static final byte[] EXEC = Wire.ascii("EXEC");
    private static final byte[] SELECT = Wire.ascii("SELECT");

    private final RedisStore target;
    private final Wire wire;
    private final int home;
    private final String name;
    private final byte[] owner;

    /** For good: what is watched since is another's name. */
    private boolean overtaken;

    private ChangeWriter(RedisStore target, Wire wire, int home, String name) {
        this.target = target;
        this.wire = wire;
        this.home = home;
        this.name = name;
        this.owner = StreamState.bytes(name);
    }

    /** @param database of the target */
    record Placed(int database, List<byte[]> words) {}

    /** From here on whoever brought changes before brings none. */
    static ChangeWriter takeOver(RedisStore target, String owner) {
        StreamState.own(target, owner);
        return of(target, owner);
    }

    /** For an owner that has taken it, and may have lost it since. */
    static ChangeWriter of(RedisStore target, String owner) {
        int home = DatabasePair.claimed(target);
        ChangeWriter writer = new ChangeWriter(target, target.wire(home, NAME), home, owner);
        try {
            writer.addWatch();
            writer.wire.send();
            if (!writer.isStillOurs()) {
                throw new FollowFailed(
                        "bring changes to " + target.url(), "another worker does", "leave it to that one");
            }
            return writer;
        } catch (IOException e) {
            writer.close();
            throw target.broken(e);
        }
    }

    String owner() {
        return name;
    }

    /**
     * All of them, or none.
     *
     * @return false where another has taken over, and nothing more will be done
     */
    boolean write(List<Placed> changes, StreamPosition end) {
        if (overtaken) {
            return false;
        }
        try {
            int queued = add(changes, end);
            addWatch();
            wire.send();
            wire.read();
            Optional<String> refused = Optional.empty();
            for (int i = 0; i < queued; i++) {
                if (wire.read() instanceof Wire.Refusal(String said) && refused.isEmpty()) {
                    refused = Optional.of(said);
                }
            }
            Object done = wire.read();
            boolean ours = isStillOurs();
            if (refused.isPresent()) {
                throw refused(refused.get());
            }
            overtaken = done == null || !ours;
            if (done != null) {
                demandDone(done);
            }
            return !overtaken;
        } catch (IOException e) {
            throw target.broken(e);
        }
    }

    private int add(List<Placed> changes, StreamPosition end) throws IOException {
        wire.add(MULTI);
        int queued = 2;
        int selected = home;
        for (Placed change : changes) {
            if (change.database() != selected) {
                selected = change.database();
                select(selected);
                queued++;
            }
            wire.add(change.words().toArray(byte[][]::new));
            queued++;
        }
        select(home);
        wire.add(
                Wire.ascii("HSET"),
                OurKeys.stream(),
                StreamState.bytes(StreamState.HISTORY),
                StreamState.bytes(end.history()),
                StreamState.bytes(StreamState.BYTES),
                Wire.ascii(Long.toString(end.bytes())),
                StreamState.bytes(StreamState.AT),
                Wire.ascii(Long.toString(System.currentTimeMillis())));
        wire.add(EXEC);
        return queued;
    }

    private void select(int database) throws IOException {
        wire.add(SELECT, Wire.ascii(Integer.toString(database)));
    }

    /** The next transaction is not done if the state is written by another from here on. */
    private void addWatch() throws IOException {
        wire.add(Wire.ascii("WATCH"), OurKeys.stream());
        wire.add(Wire.ascii("HGET"), OurKeys.stream(), StreamState.bytes(StreamState.OWNER));
    }

    private boolean isStillOurs() throws IOException {
        wire.read();
        return wire.read() instanceof byte[] found && Arrays.equals(found, owner);
    }

    private void demandDone(@Nullable Object done) {
        if (done instanceof Wire.Refusal(String said)) {
            throw refused(said);
        }
        if (done instanceof List<?> answers) {
            for (Object answer : answers) {
                if (answer instanceof Wire.Refusal(String said)) {
                    throw refused(said);
                }
            }
        }
    }

    /** What was done of the batch is there, and what was not cannot be done later. */
    private FollowFailed refused(String said) {
        StreamState.spoil(target);
        return new FollowFailed(
                "do on " + target.url() + " what was done on its source",
                "it answered '" + said + "'",
                "mend that, and copy with --follow again: everything is copied anew");
    }

    @Override
    public void close() {
        wire.close();
    }
}
