package dev.slipway.redis.follow;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.replication.StreamPosition;
import dev.slipway.redis.session.Pipeline;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Wire;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a target says of the stream that it follows. It is written in the same transaction as the changes, so that none is lost and
 * none is done twice, wherever the worker between them ends.
 *
 * @param source whose changes come
 * @param done the place up to which they are on the target
 * @param owner who brings them; empty where nobody is to
 * @param at when it was written last, in milliseconds of the writing worker's clock; see {@link Heard}
 */
record StreamState(String source, StreamPosition done, String owner, long at) {
    static final String SOURCE = "source";
    static final String HISTORY = "history";
    static final String BYTES = "bytes";
    static final String OWNER = "owner";
    static final String AT = "at";

    /** In the place of a history, where no stream flows but passes bring what differs: before all keys were looked at, and after. */
    private static final String FIRST_PASS = "first pass";

    private static final String PASSES = "passes";
    static final StreamPosition UNSEEN = new StreamPosition(FIRST_PASS, 0);

    /** No source has a history of this name. */
    private static final String NONE = "none";

    static final StreamPosition TO_BE_COPIED = new StreamPosition(NONE, 0);

    /** A server says that it is there every ten seconds (repl-ping-replica-period). */
    static final Duration SILENCE = Duration.ofSeconds(30);

    /** @param bytes that were found missing the last time */
    static StreamPosition seen(long bytes) {
        return new StreamPosition(PASSES, bytes);
    }

    boolean isByPasses() {
        return done.history().equals(PASSES) || isUnseen();
    }

    /** Whether what the target holds is no moment of the source's: it is being copied, or has to be again. */
    boolean isToBeCopied() {
        return done.history().equals(NONE);
    }

    /** Whether nobody has looked at all keys since it went on by passes. */
    boolean isUnseen() {
        return done.history().equals(FIRST_PASS);
    }

    static Optional<StreamState> read(RedisStore target) {
        Pipeline pipeline = target.shared(DatabasePair.claimed(target));
        Map<String, String> fields = pipeline.ask(commands -> commands.hgetall(OurKeys.stream())).entrySet().stream()
                .collect(Collectors.toMap(field -> text(field.getKey()), field -> text(field.getValue())));
        return fields.containsKey(HISTORY)
                ? Optional.of(new StreamState(
                        fields.getOrDefault(SOURCE, ""),
                        new StreamPosition(
                                fields.getOrDefault(HISTORY, ""), Long.parseLong(fields.getOrDefault(BYTES, "0"))),
                        fields.getOrDefault(OWNER, ""),
                        Long.parseLong(fields.getOrDefault(AT, "0"))))
                : Optional.empty();
    }

    /** The state of a stream from that source; empty where none or another flows. */
    static Optional<StreamState> of(RedisStore target, StoreUrl source) {
        return read(target).filter(state -> state.source().equals(DatabasePair.place(source)));
    }

    /**
     * Says that everything up to that place is there, and that whoever comes is to bring the rest.
     *
     * @param claim under which the target is copied to
     * @return false where it is under another one, or under none, and nothing was said
     */
    static boolean begin(RedisStore target, StoreUrl source, StreamPosition done, String claim) {
        try (Wire wire = target.wire(DatabasePair.claimed(target), "slipway-copy-state")) {
            wire.add(Wire.ascii("WATCH"), OurKeys.claim());
            wire.add(Wire.ascii("HGET"), OurKeys.claim(), bytes(OurKeys.CLAIM_ID));
            wire.send();
            wire.read();
            return wire.read() instanceof byte[] standing
                    && text(standing).equals(claim)
                    && isDone(
                            wire,
                            unsetting(OWNER),
                            setting(
                                    SOURCE,
                                    DatabasePair.place(source),
                                    HISTORY,
                                    done.history(),
                                    BYTES,
                                    Long.toString(done.bytes()),
                                    AT,
                                    Long.toString(System.currentTimeMillis())));
        } catch (IOException e) {
            throw target.broken(e);
        }
    }

    /** Whether nothing that is watched has been changed before. */
    private static boolean isDone(Wire wire, List<byte[]> first, List<byte[]> second) throws IOException {
        wire.add(Wire.ascii("MULTI"));
        wire.add(first.toArray(byte[][]::new));
        wire.add(second.toArray(byte[][]::new));
        wire.add(Wire.ascii("EXEC"));
        wire.send();
        List<@Nullable Object> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(wire.read());
        }
        for (Object answer : answers) {
            if (answer instanceof Wire.Refusal(String said)) {
                throw new RedisCommandExecutionException(said);
            }
        }
        return answers.getLast() instanceof List<?>;
    }

    /** Leaves it to whoever comes next. */
    static void leave(RedisStore target) {
        target.shared(DatabasePair.claimed(target)).ask(commands -> commands.hdel(OurKeys.stream(), bytes(OWNER)));
    }

    /** The command by which a writer sets fields, names and values in turn. */
    static List<byte[]> setting(String... fields) {
        return command("HSET", fields);
    }

    static List<byte[]> unsetting(String field) {
        return command("HDEL", field);
    }

    private static List<byte[]> command(String name, String... words) {
        List<byte[]> command = new ArrayList<>(List.of(bytes(name), OurKeys.stream()));
        for (String word : words) {
            command.add(bytes(word));
        }
        return command;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
