package dev.slipway.redis.copy;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Shard;
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
 * claim over cuts off the connections of whoever had it, and before each batch it is looked at. Workers of shards join a claim and
 * leave each other alone; each is named in it, for the one that takes its shard over.
 */
final class CopyClaim {
    private static final String SOURCE = "source";
    private static final String APP = "app";
    private static final String ATTEMPT = "attempt";
    private static final String ID = "id";
    /** That the target held nothing when it was claimed. */
    private static final String EMPTY = "empty";

    private static final String SHARD = "shard:";

    private final Pipeline target;
    private final String what;
    private final String id;
    private final Optional<Worker> worker;
    private final boolean takenOver;

    private CopyClaim(Pipeline target, String what, String id, Optional<Worker> worker, boolean takenOver) {
        this.target = target;
        this.what = what;
        this.id = id;
        this.worker = worker;
        this.takenOver = takenOver;
    }

    /**
     * Who copies a shard.
     *
     * @param field of the claim that names him
     * @param id another one for each worker
     */
    private record Worker(String field, String id) {
        static Worker of(Shard shard) {
            return new Worker(SHARD + shard.name(), UUID.randomUUID().toString());
        }
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
        Map<String, String> values = values(side);
        return values.isEmpty() ? Optional.empty() : Optional.of(mark(values));
    }

    private static Map<String, String> values(Pipeline side) {
        Map<String, String> values = new LinkedHashMap<>();
        if (side.ask(commands -> commands.type(OurKeys.claim())).equals("hash")) {
            side.ask(commands -> commands.hgetall(OurKeys.claim()))
                    .forEach((name, value) -> values.put(text(name), text(value)));
        }
        return values;
    }

    private static Mark mark(Map<String, String> values) {
        return new Mark(
                values.getOrDefault(SOURCE, ""),
                values.getOrDefault(APP, ""),
                Integer.parseInt(values.getOrDefault(ATTEMPT, "0")),
                values.getOrDefault(ID, ""));
    }

    /**
     * Makes the target ours.
     *
     * @throws StaleAttempt if a later attempt of the same app holds it
     * @throws TargetNotEmpty if it is somebody else's unfinished copy
     */
    static CopyClaim take(Pipeline target, Mark mark, String what) {
        Map<String, String> former = values(target);
        if (!former.isEmpty()) {
            requireOurs(mark, mark(former), what);
        }
        IdentityHashMap<byte[], byte[]> values = new IdentityHashMap<>();
        values.put(bytes(SOURCE), bytes(mark.source));
        values.put(bytes(APP), bytes(mark.app));
        values.put(bytes(ATTEMPT), bytes(Integer.toString(mark.attempt)));
        values.put(bytes(ID), bytes(mark.id));
        target.ask(commands -> commands.hset(OurKeys.claim(), values));
        makeVoid(target, former);
        return new CopyClaim(target, what, mark.id, Optional.empty(), true);
    }

    /** The same of a target that held nothing before. */
    CopyClaim ofAnEmptyTarget() {
        target.ask(commands -> commands.hset(OurKeys.claim(), bytes(EMPTY), bytes("yes")));
        return new CopyClaim(target, what, id, worker, false);
    }

    /** Whether the target may hold something of what is to be copied. */
    boolean isTakenOver() {
        return takenOver;
    }

    /** Under which others may join. */
    String id() {
        return id;
    }

    /** Whoever looks at the claim has seen by now that it is another's. */
    private static void makeVoid(Pipeline target, Map<String, String> former) {
        for (Map.Entry<String, String> field : former.entrySet()) {
            boolean isWorker = field.getKey().startsWith(SHARD);
            if (isWorker || field.getKey().equals(ID)) {
                target.store().cutOff(connection(field.getValue()));
            }
            if (isWorker || field.getKey().equals(EMPTY)) {
                target.ask(commands -> commands.hdel(OurKeys.claim(), bytes(field.getKey())));
            }
        }
    }

    /**
     * Takes part in the claim of a shard, whose earlier worker is cut off.
     *
     * @throws StaleAttempt if somebody has claimed the target since
     */
    static CopyClaim join(Pipeline target, Shard shard, String what) {
        Map<String, String> found = values(target);
        Worker worker = Worker.of(shard);
        Optional<String> earlier = Optional.ofNullable(found.get(worker.field));
        CopyClaim claim = new CopyClaim(
                target, what, shard.claim(), Optional.of(worker), earlier.isPresent() || !found.containsKey(EMPTY));
        requireHolder(mark(found).id, shard.claim(), what);
        target.ask(commands -> commands.hset(OurKeys.claim(), bytes(worker.field), bytes(worker.id)));
        try {
            claim.require();
        } catch (StaleAttempt e) {
            // The key may be gone, together with its copy: it must not come back by this.
            target.ask(commands -> commands.hdel(OurKeys.claim(), bytes(worker.field)));
            throw e;
        }
        earlier.ifPresent(id -> target.store().cutOff(connection(id)));
        return claim;
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
        return connection(worker.map(Worker::id).orElse(id));
    }

    private static String connection(String id) {
        return "slipway-" + id;
    }

    /**
     * To be called before each batch.
     *
     * @throws StaleAttempt if the claim is held by another copy, or by none, or the shard is another worker's
     */
    void require() {
        requireHolder(read(ID), id, what);
        if (worker.isPresent() && !read(worker.get().field).equals(worker.get().id)) {
            throw stale(what, "another worker copies the shard by now");
        }
    }

    private String read(String field) {
        byte @Nullable [] value = target.ask(commands -> commands.hget(OurKeys.claim(), bytes(field)));
        return value == null ? "" : text(value);
    }

    private static void requireHolder(String holder, String wanted, String what) {
        if (!holder.equals(wanted)) {
            throw stale(what, "another copy has claimed the target meanwhile");
        }
    }

    private static StaleAttempt stale(String what, String why) {
        return new StaleAttempt(what, why, "leave it to that one");
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
