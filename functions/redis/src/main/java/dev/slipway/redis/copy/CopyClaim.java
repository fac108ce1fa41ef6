package dev.slipway.redis.copy;

import static dev.slipway.redis.copy.ClaimFields.bytes;
import static dev.slipway.redis.copy.ClaimFields.text;

import dev.slipway.migration.Shard;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.Pipeline;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says on the target, until the copy is complete, whose copy its keys are: then a later call may go on with them. Whoever takes the
 * claim over cuts off the connections of whoever had it, and before each batch it is looked at. Workers of shards join a claim and
 * leave each other alone; each is named in it, for the one that takes its shard over, and so is each shard that is done.
 */
final class CopyClaim {
    private final Pipeline target;
    private final String what;
    private final String id;
    private final Optional<Worker> worker;
    private final boolean takenOver;
    private final Optional<String> complete;

    private CopyClaim(
            Pipeline target,
            String what,
            String id,
            Optional<Worker> worker,
            boolean takenOver,
            Optional<String> complete) {
        this.target = target;
        this.what = what;
        this.id = id;
        this.worker = worker;
        this.takenOver = takenOver;
        this.complete = complete;
    }

    /** Who copies a shard, under another name each time. */
    private record Worker(String shard, String id) {
        private String field() {
            return ClaimFields.worker(shard);
        }
    }

    /** The claim that stands there. */
    static Optional<ClaimMark> standing(Pipeline side) {
        ClaimFields fields = ClaimFields.read(side);
        return fields.isThere() ? Optional.of(fields.mark()) : Optional.empty();
    }

    /**
     * Makes the target ours.
     *
     * @throws StaleAttempt if a later attempt of the same app holds it
     * @throws dev.slipway.migration.exception.TargetNotEmpty if it is somebody else's unfinished copy
     */
    static CopyClaim take(Pipeline target, ClaimMark mark, String what) {
        ClaimFields former = ClaimFields.read(target);
        if (former.isThere()) {
            mark.requireOurs(former.mark(), what);
        }
        CopyClaim claim = new CopyClaim(target, what, mark.id(), Optional.empty(), true, former.complete());
        claim.write(Map.of(
                ClaimFields.SOURCE, mark.source(),
                ClaimFields.APP, mark.app(),
                ClaimFields.ATTEMPT, Integer.toString(mark.attempt()),
                ClaimFields.ID, mark.id()));
        // Whoever looks at the claim sees by now that it is another's.
        former.holders().forEach(holder -> target.store().cutOff(connection(holder)));
        former.further().forEach(claim::remove);
        claim.complete.ifPresent(ground -> claim.write(Map.of(ClaimFields.COMPLETE, ground)));
        return claim;
    }

    /** The same of a target that held nothing before. */
    CopyClaim ofAnEmptyTarget() {
        write(Map.of(ClaimFields.EMPTY, "yes"));
        return new CopyClaim(target, what, id, worker, false, complete);
    }

    /** Lets that many workers join. */
    void share(int shards, String ground) {
        write(Map.of(ClaimFields.GROUND, ground, ClaimFields.SHARDS, Integer.toString(shards)));
    }

    /** Whether the target may hold something of what is to be copied. */
    boolean isTakenOver() {
        return takenOver;
    }

    /** Whether workers of shards have copied everything behind that very fence. */
    boolean isCompleteBehind(String ground) {
        return complete.filter(ground::equals).isPresent();
    }

    /** Under which others may join. */
    String id() {
        return id;
    }

    /**
     * Takes part in the claim of a shard, whose earlier worker is cut off.
     *
     * @throws StaleAttempt if somebody has claimed the target since
     */
    static CopyClaim join(Pipeline target, Shard shard, String what) {
        ClaimFields found = ClaimFields.read(target);
        requireHolder(found.mark().id(), shard.claim(), what);
        Worker worker = new Worker(shard.name(), UUID.randomUUID().toString());
        Optional<String> earlier = found.get(worker.field());
        CopyClaim claim = new CopyClaim(
                target,
                what,
                shard.claim(),
                Optional.of(worker),
                earlier.isPresent() || !found.has(ClaimFields.EMPTY),
                Optional.empty());
        claim.add(worker.field(), worker.id);
        earlier.ifPresent(former -> target.store().cutOff(connection(former)));
        return claim;
    }

    /** Says that all of the shard is on the target. */
    void done() {
        require();
        worker.ifPresent(ours -> add(ClaimFields.done(ours.shard), id));
    }

    /** The claim may be gone by now, together with its copy: its key must not come back by this. */
    private void add(String field, String value) {
        write(Map.of(field, value));
        try {
            require();
        } catch (StaleAttempt e) {
            remove(field);
            throw e;
        }
    }

    private void write(Map<String, String> fields) {
        IdentityHashMap<byte[], byte[]> values = new IdentityHashMap<>();
        fields.forEach((name, value) -> values.put(bytes(name), bytes(value)));
        target.ask(commands -> commands.hset(OurKeys.claim(), values));
    }

    private void remove(String field) {
        target.ask(commands -> commands.hdel(OurKeys.claim(), bytes(field)));
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
        requireHolder(read(ClaimFields.ID), id, what);
        if (worker.isPresent() && !read(worker.get().field()).equals(worker.get().id)) {
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
}
