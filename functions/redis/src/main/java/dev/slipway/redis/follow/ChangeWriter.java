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
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Does on a target what was done on its source, a batch a transaction, each together with the place up to which it goes. The target's
 * state names it, and is watched: once another is named there, or nobody, this one does nothing more, whatever it was about to do.
 */
final class ChangeWriter implements AutoCloseable {
    private static final String NAME = "slipway-follow";
    private static final int TRIES = 10;

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

        Refused(String said) {
            super(said);
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
        return take(target, anybody -> true)
                .orElseThrow(() -> new FollowFailed(
                        "bring changes to " + target.url(),
                        "another command has ended the stream",
                        "see who takes the writes"));
    }

    /**
     * The same where whoever is named there may be replaced; empty where that is another, or nothing is to be brought there any more.
     *
     * @param replaceable asked about a name, which is empty where nobody brings changes
     */
    static Optional<ChangeWriter> take(RedisStore target, Predicate<String> replaceable) {
        int home = DatabasePair.claimed(target);
        ChangeWriter writer = new ChangeWriter(
                target, target.wire(home, NAME), home, UUID.randomUUID().toString());
        boolean taken = false;
        try {
            taken = writer.own(replaceable);
            return taken ? Optional.of(writer) : Optional.empty();
        } catch (IOException e) {
            throw target.broken(e);
        } finally {
            if (!taken) {
                writer.close();
            }
        }
    }

    private boolean own(Predicate<String> replaceable) throws IOException {
        addWatch();
        wire.send();
        Optional<String> standing = standing();
        for (int i = 0; i < TRIES && standing.filter(replaceable).isPresent(); i++) {
            Answer answer = transact(List.of(StreamState.setting(StreamState.OWNER, owner, StreamState.AT, now())));
            answer.refused().ifPresent(said -> {
                throw new Refused(said);
            });
            if (answer.done()) {
                return answer.isOurs(owner);
            }
            standing = answer.standing();
        }
        return false;
    }

    private static String now() {
        return Long.toString(System.currentTimeMillis());
    }

    String owner() {
        return owner;
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
                throw new Refused(said);
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
        try {
            if (own(anybody -> true)) {
                transact(List.of(
                        StreamState.setting(StreamState.HISTORY, "none"), StreamState.unsetting(StreamState.OWNER)));
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
                throw new Refused(said);
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
        return wire.read() instanceof List<?> fields && fields.getFirst() instanceof byte[]
                ? Optional.of(fields.getLast() instanceof byte[] name ? StreamState.text(name) : "")
                : Optional.empty();
    }

    @Override
    public void close() {
        wire.close();
    }
}
