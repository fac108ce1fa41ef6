package dev.slipway.redis.follow;

import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.replication.StreamPosition;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Does on a target what was done on its source, a batch a transaction, each together with the place up to which it goes. The target's
 * state names it, and is watched: once another is named there, or nobody, this one does nothing more, whatever it was about to do.
 */
final class ChangeWriter implements AutoCloseable {
    private static final String NAME = "slipway-follow";
    private static final int TRIES = 10;

    /** Names an owner where a stream stands. */
    private static final String OWN = "if redis.call('HEXISTS', KEYS[1], 'source') == 1 then"
            + " redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'at', ARGV[2]) end return 0";

    private final RedisStore target;
    private final Wire wire;
    private final int home;
    private final String owner;

    /** For good: what is watched since is another's name. */
    private boolean overtaken;

    private ChangeWriter(RedisStore target, Wire wire, int home, String owner) {
        this.target = target;
        this.wire = wire;
        this.home = home;
        this.owner = owner;
    }

    /** @param database of the target */
    record Placed(int database, List<byte[]> words) {}

    /** What the target said to a change. Others of the same batch may be done, and then the place is the one behind it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** What a server says for a while: it is full, a script runs, it starts, or another one takes its place. */
        private static final Set<String> PASSING =
                Set.of("OOM", "BUSY", "LOADING", "READONLY", "MASTERDOWN", "MISCONF", "TRYAGAIN");

        private final boolean partlyDone;

        Refused(String said, boolean partlyDone) {
            super(said);
            this.partlyDone = partlyDone;
        }

        /** Whether nothing was done, and the same may be taken in a moment. */
        boolean isPassing() {
            return !partlyDone && PASSING.stream().anyMatch(said()::startsWith);
        }

        String said() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * From here on whoever brought changes before brings none.
     *
     * @throws FollowFailed if nothing is to be brought there any more
     */
    static ChangeWriter takeOver(RedisStore target) {
        return take(target, /* only= */ Optional.empty())
                .orElseThrow(() -> new FollowFailed(
                        "bring changes to " + target.url(),
                        "another command has ended the stream",
                        "see who takes the writes"));
    }

    /**
     * The same in the place of that one alone; empty where another is named there, or nothing is to be brought any more.
     *
     * @param former a name, which is empty where nobody brings changes
     */
    static Optional<ChangeWriter> take(RedisStore target, String former) {
        return take(target, Optional.of(former));
    }

    private static Optional<ChangeWriter> take(RedisStore target, Optional<String> only) {
        int home = DatabasePair.claimed(target);
        ChangeWriter writer = new ChangeWriter(
                target, target.wire(home, NAME), home, UUID.randomUUID().toString());
        boolean taken = false;
        try {
            taken = writer.own(only);
            return taken ? Optional.of(writer) : Optional.empty();
        } catch (Refused e) {
            throw new FollowFailed(
                    "bring changes to " + target.url(),
                    "it answered '" + e.said() + "'",
                    "see to that, and run the same again",
                    e);
        } catch (IOException e) {
            throw target.broken(e);
        } finally {
            if (!taken) {
                writer.close();
            }
        }
    }

    /** As one command, since whoever brings changes may write all the while; empty where the server runs no script for us. */
    private Optional<Boolean> ownByScript() throws IOException {
        wire.add(
                Wire.ascii("EVAL"),
                StreamState.bytes(OWN),
                Wire.ascii("1"),
                OurKeys.stream(),
                StreamState.bytes(owner),
                StreamState.bytes(now()));
        // What this wire watched before has been changed by its own script.
        wire.add(Wire.ascii("UNWATCH"));
        addWatch();
        wire.send();
        Object answer = wire.read();
        wire.read();
        Optional<String> standing = standing();
        return answer instanceof Wire.Refusal
                ? Optional.empty()
                : Optional.of(standing.filter(owner::equals).isPresent());
    }

    private boolean own(Optional<String> only) throws IOException {
        if (only.isEmpty()) {
            Optional<Boolean> owned = ownByScript();
            if (owned.isPresent()) {
                return owned.get();
            }
        }
        addWatch();
        wire.send();
        Optional<String> standing = standing();
        for (int i = 0; i < TRIES && isReplaceable(standing, only); i++) {
            Answer answer = transact(List.of(StreamState.setting(StreamState.OWNER, owner, StreamState.AT, now())));
            answer.refused().ifPresent(said -> {
                throw new Refused(said, /* partlyDone= */ false);
            });
            if (answer.done()) {
                return answer.isOurs(owner);
            }
            standing = answer.standing();
        }
        return false;
    }

    private static boolean isReplaceable(Optional<String> standing, Optional<String> only) {
        return standing.isPresent() && (only.isEmpty() || only.equals(standing));
    }

    private static String now() {
        return Long.toString(System.currentTimeMillis());
    }

    String owner() {
        return owner;
    }

    /** Says how far the target is; false where another has taken over. */
    boolean write(StreamPosition end) {
        return write(List.of(), end);
    }

    /**
     * All of them, or none.
     *
     * @return false where another has taken over, and nothing more will be done
     * @throws Refused if the target does not take one of them
     */
    synchronized boolean write(List<Placed> changes, StreamPosition end) {
        List<List<byte[]>> commands = new ArrayList<>();
        int selected = home;
        for (Placed change : changes) {
            if (change.database() != selected) {
                selected = change.database();
                commands.add(select(selected));
            }
            commands.add(change.words());
        }
        commands.add(select(home));
        commands.add(StreamState.setting(
                StreamState.HISTORY,
                end.history(),
                StreamState.BYTES,
                Long.toString(end.bytes()),
                StreamState.AT,
                now()));
        return isDone(commands);
    }

    private static List<byte[]> select(int database) {
        return List.of(Wire.ascii("SELECT"), Wire.ascii(Integer.toString(database)));
    }

    /**
     * Leaves the target to whoever comes next.
     *
     * @return false where another has taken over before
     */
    synchronized boolean leave() {
        try {
            return isEnded(StreamState.unsetting(StreamState.OWNER));
        } catch (Refused e) {
            // A server without memory takes no transaction, and this outside of one.
            ask(StreamState.unsetting(StreamState.OWNER));
            return true;
        }
    }

    /**
     * Nothing is to be brought there any more, by nobody.
     *
     * @return false where another has taken over before
     * @throws Refused if the target does not take that
     */
    synchronized boolean remove() {
        return isEnded(List.of(Wire.ascii("DEL"), OurKeys.stream()));
    }

    private boolean isEnded(List<byte[]> command) {
        if (overtaken) {
            return false;
        }
        Answer answer = answer(List.of(command));
        if (answer.isOurs(owner)) {
            answer.refused().ifPresent(said -> {
                throw new Refused(said, answer.done());
            });
        }
        overtaken = true;
        return answer.done();
    }

    private void ask(List<byte[]> command) {
        try {
            wire.ask(command);
            overtaken = true;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** No source has a history of this name: everything has to be copied again, whoever brings changes by now. */
    synchronized void spoil() {
        overtaken = true;
        try {
            if (own(Optional.empty())) {
                transact(List.of(
                        StreamState.setting(StreamState.HISTORY, StreamState.TO_BE_COPIED.history()),
                        StreamState.unsetting(StreamState.OWNER)));
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private boolean isDone(List<List<byte[]>> commands) {
        if (overtaken) {
            return false;
        }
        Answer answer = answer(commands);
        boolean ours = answer.isOurs(owner);
        overtaken = !ours || (!answer.done() && answer.refused().isEmpty());
        if (answer.done() || ours) {
            answer.refused().ifPresent(said -> {
                throw new Refused(said, answer.done());
            });
        }
        return !overtaken;
    }

    private Answer answer(List<List<byte[]>> commands) {
        try {
            return transact(commands);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Nothing that comes over it after that belongs to what is asked. */
    private RuntimeException broken(IOException e) {
        wire.close();
        return target.broken(e);
    }

    /**
     * What became of a transaction.
     *
     * @param done whether it was done, as far as no command of it was refused
     * @param standing who is named there after it; empty where nobody is to bring anything
     */
    private record Answer(boolean done, Optional<String> refused, Optional<String> standing) {
        boolean isOurs(String owner) {
            return standing.filter(owner::equals).isPresent();
        }
    }

    private Answer transact(List<List<byte[]>> commands) throws IOException {
        wire.add(Wire.ascii("MULTI"));
        for (List<byte[]> words : commands) {
            wire.add(words.toArray(byte[][]::new));
        }
        wire.add(Wire.ascii("EXEC"));
        addWatch();
        wire.send();
        wire.read();
        List<@Nullable Object> answers = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            answers.add(wire.read());
        }
        Object done = wire.read();
        answers.add(done);
        if (done instanceof List<?> each) {
            answers.addAll(each);
        }
        Optional<String> refused = answers.stream()
                .filter(Wire.Refusal.class::isInstance)
                .map(answer -> ((Wire.Refusal) answer).said())
                .findFirst();
        return new Answer(done instanceof List<?>, refused, standing());
    }

    /** The next transaction is not done if the state is written by another from here on. */
    private void addWatch() throws IOException {
        wire.add(Wire.ascii("WATCH"), OurKeys.stream());
        wire.add(
                Wire.ascii("HMGET"),
                OurKeys.stream(),
                StreamState.bytes(StreamState.SOURCE),
                StreamState.bytes(StreamState.OWNER));
    }

    /** Who brings changes; empty where nobody is to. */
    private Optional<String> standing() throws IOException {
        wire.read();
        Object answer = wire.read();
        if (answer instanceof Wire.Refusal(String said)) {
            throw new Refused(said, /* partlyDone= */ false);
        }
        return answer instanceof List<?> fields && fields.getFirst() instanceof byte[]
                ? Optional.of(fields.getLast() instanceof byte[] name ? StreamState.text(name) : "")
                : Optional.empty();
    }

    @Override
    public void close() {
        wire.close();
    }
}
