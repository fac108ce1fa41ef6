package dev.slipway.redis.copy;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.Pipeline;
import io.lettuce.core.RedisCommandExecutionException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says on the target, until the copy is complete, whose copy its keys are: then a later call may go on with them. Whoever takes the
 * claim over cuts off the connections of whoever had it, and before each batch it is looked at.
 */
final class CopyClaim {
    private static final String SOURCE = "source";
    private static final String APP = "app";
    private static final String ATTEMPT = "attempt";
    private static final String ID = "id";

    private final Pipeline target;
    private final String what;
    private final String id;

    private CopyClaim(Pipeline target, String what, String id) {
        this.target = target;
        this.what = what;
        this.id = id;
    }

    /**
     * What is written there.
     *
     * @param source host, port and database
     * @param app whose migration copies; empty by hand
     */
    record Mark(String source, String app, int attempt, String id) {
        static Mark of(StoreUrl source, Optional<FenceToken> fence) {
            String database =
                    source.parameter("db").map(only -> "/" + source.path()).orElse("");
            return new Mark(
                    source.host() + ":" + source.port(6379) + database,
                    fence.map(FenceToken::app).orElse(""),
                    fence.map(FenceToken::attempt).orElse(0),
                    UUID.randomUUID().toString());
        }
    }

    /** The claim that stands there. */
    static Optional<Mark> standing(Pipeline side) {
        if (!side.ask(commands -> commands.type(OurKeys.claim())).equals("hash")) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        side.ask(commands -> commands.hgetall(OurKeys.claim()))
                .forEach((name, value) -> values.put(text(name), text(value)));
        return Optional.of(new Mark(
                values.getOrDefault(SOURCE, ""),
                values.getOrDefault(APP, ""),
                Integer.parseInt(values.getOrDefault(ATTEMPT, "0")),
                values.getOrDefault(ID, "")));
    }

    /**
     * Makes the target ours.
     *
     * @throws StaleAttempt if a later attempt of the same app holds it
     * @throws TargetNotEmpty if it is somebody else's unfinished copy
     */
    static CopyClaim take(Pipeline target, Mark mark, String what) {
        Optional<Mark> former = standing(target);
        former.ifPresent(theirs -> requireOurs(mark, theirs, what));
        IdentityHashMap<byte[], byte[]> values = new IdentityHashMap<>();
        values.put(bytes(SOURCE), bytes(mark.source));
        values.put(bytes(APP), bytes(mark.app));
        values.put(bytes(ATTEMPT), bytes(Integer.toString(mark.attempt)));
        values.put(bytes(ID), bytes(mark.id));
        target.ask(commands -> commands.hset(OurKeys.claim(), values));
        former.ifPresent(theirs -> target.store().cutOff(connection(theirs.id)));
        return new CopyClaim(target, what, mark.id);
    }

    private static void requireOurs(Mark ours, Mark theirs, String what) {
        boolean sameWork = theirs.app.equals(ours.app) && (!ours.app.isEmpty() || theirs.source.equals(ours.source));
        if (!sameWork) {
            throw new TargetNotEmpty(
                    what,
                    "the target holds an unfinished copy of " + theirs.source
                            + (theirs.app.isEmpty() ? "" : " for the app " + theirs.app),
                    "let that copy end, or empty the target");
        }
        if (theirs.attempt > ours.attempt) {
            throw new StaleAttempt(
                    what, "attempt " + theirs.attempt + " copies to the target now", "leave it to that attempt");
        }
    }

    /** How the connections are named that write under the claim. */
    String connection() {
        return connection(id);
    }

    private static String connection(String id) {
        return "slipway-" + id;
    }

    /**
     * To be called before each batch.
     *
     * @throws StaleAttempt if the claim is held by another copy, or by none
     */
    void require() {
        byte @Nullable [] holder = target.ask(commands -> commands.hget(OurKeys.claim(), bytes(ID)));
        if (holder == null || !text(holder).equals(id)) {
            throw new StaleAttempt(what, "another copy has claimed the target meanwhile", "leave it to that one");
        }
    }

    void release() {
        require();
        target.ask(commands -> commands.del(OurKeys.claim()));
    }

    /** The version of the target's own DUMP, by the claim's. */
    int dumpVersion(ToIntFunction<byte[]> version) {
        try {
            return version.applyAsInt(target.ask(commands -> commands.dump(OurKeys.claim())));
        } catch (RedisCommandExecutionException e) {
            // Then each RESTORE says what it does not understand.
            return Integer.MAX_VALUE;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
