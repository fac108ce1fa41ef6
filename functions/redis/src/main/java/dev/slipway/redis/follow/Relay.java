package dev.slipway.redis.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.redis.follow.ChangeWriter.Placed;
import dev.slipway.redis.replication.Change;
import dev.slipway.redis.replication.ChangeReader;
import dev.slipway.redis.replication.NoReplication;
import dev.slipway.redis.replication.ReplicaLink;
import dev.slipway.redis.replication.StreamPosition;
import dev.slipway.redis.session.RedisStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings what is written on a source to its target as it is written: a link to the one, a writer to the other. */
final class Relay implements Flow {
    private static final int CHANGES = 512;
    private static final long BYTES = 1 << 20;
    private static final Duration BETWEEN_ACKNOWLEDGEMENTS = Duration.ofSeconds(1);

    /** What a server says by itself, and not of its data. */
    private static final Set<String> NO_DATA = Set.of("PING", "REPLCONF", "PUBLISH", "SPUBLISH");

    /** What a server does by itself when a time has come. */
    private static final Set<String> EXPIRIES = Set.of("DEL", "UNLINK", "HDEL");

    private final ReplicaLink link;
    private final ChangeReader changes;
    private final ChangeWriter writer;
    private final Databases databases;
    private volatile StreamPosition done;
    private long acknowledged;
    private int selected;
    private boolean inTransaction;
    private volatile @Nullable Written last;

    /** @param end the place behind the command */
    private record Written(String command, StreamPosition end) {}

    private Relay(ReplicaLink link, ChangeWriter writer, Databases databases) {
        this.link = link;
        this.changes = link.changes();
        this.writer = writer;
        this.databases = databases;
        this.done = link.position();
    }

    /** Goes on with a link on which everything that the source held has been read. */
    static Relay of(ReplicaLink link, RedisStore source, RedisStore target) {
        return new Relay(link, ChangeWriter.takeOver(target), Databases.of(source.url(), target.url()));
    }

    /**
     * Goes on from a target's state, in the place of whoever brought the changes before.
     *
     * @throws NoReplication if the source has less of what came since than is needed
     */
    static Relay resume(RedisStore source, RedisStore target, StreamState state) throws NoReplication {
        return resume(source, target, state, ChangeWriter.takeOver(target));
    }

    /**
     * The same by a writer that has taken the target.
     *
     * @throws NoReplication if the source has less of what came since than is needed
     */
    static Relay resume(RedisStore source, RedisStore target, StreamState state, ChangeWriter writer)
            throws NoReplication {
        try {
            // Only now nobody else moves it on.
            StreamPosition last = StreamState.read(target).orElse(state).done();
            return new Relay(ReplicaLink.after(source, last), writer, Databases.of(source.url(), target.url()));
        } catch (NoReplication | RuntimeException e) {
            giveUp(writer);
            throw e;
        }
    }

    /** So that whoever tries again does not take it for another's. */
    private static void giveUp(ChangeWriter writer) {
        try (writer) {
            writer.leave();
        } catch (StoreUnreachable e) {
            // Then it is taken from whoever has been silent for long.
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

    @Override
    public String owner() {
        return writer.owner();
    }

    /** The place up to which everything is on the target. */
    StreamPosition done() {
        return done;
    }

    /** The last command by which somebody has written behind a place. */
    Optional<String> writtenBehind(long place) {
        Written latest = last;
        return latest != null && latest.end().bytes() > place ? Optional.of(latest.command()) : Optional.empty();
    }

    @Override
    public boolean step() throws IOException {
        List<Placed> batch = new ArrayList<>();
        long bytes = 0;
        boolean asked = false;
        Change change;
        do {
            change = changes.next();
            asked |= change.name().equals("REPLCONF");
            Optional<Placed> placed = place(change);
            if (placed.isPresent()) {
                batch.add(placed.get());
                bytes += change.words().stream().mapToLong(word -> word.length).sum();
            }
        } while (inTransaction || (batch.size() < CHANGES && bytes < BYTES && changes.isReady()));
        if (!isWritten(batch, change.end())) {
            return false;
        }
        done = change.end();
        if (asked || System.nanoTime() - acknowledged > BETWEEN_ACKNOWLEDGEMENTS.toNanos()) {
            acknowledged = System.nanoTime();
            link.acknowledge(done);
        }
        return true;
    }

    /** What was done of a batch of which a part was refused is there, and what was not cannot be done later. */
    private boolean isWritten(List<Placed> batch, StreamPosition end) throws IOException {
        try {
            return writer.write(batch, end);
        } catch (ChangeWriter.Refused e) {
            if (e.isPassing()) {
                throw new IOException("the target answered '" + e.said() + "'", e);
            }
            spoil();
            throw new FollowFailed(
                    "do on a target what was done on its source",
                    "it answered '" + e.said() + "'",
                    "mend that, and copy with --follow again: everything is copied anew",
                    e);
        }
    }

    private void spoil() {
        try {
            writer.spoil();
        } catch (ChangeWriter.Refused e) {
            throw new FollowFailed(
                    "say on a target that it has to be copied anew",
                    "it answered '" + e.said() + "'",
                    "mend that, and copy to an empty one",
                    e);
        }
    }

    private Optional<Placed> place(Change change) {
        String name = change.name();
        switch (name) {
            case "SELECT" -> selected = Integer.parseInt(change.word(1));
            case "MULTI" -> inTransaction = true;
            case "EXEC" -> inTransaction = false;
            default -> {
                if (!NO_DATA.contains(name)) {
                    return placeData(change, name);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Placed> placeData(Change change, String name) {
        if (!EXPIRIES.contains(name)) {
            last = new Written(name + " in database " + selected, change.end());
        }
        return databases.target(selected, change).map(database -> new Placed(database, databases.words(change)));
    }

    @Override
    public void close() {
        link.close();
        writer.close();
    }
}
