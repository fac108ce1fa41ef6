package dev.slipway.redis.copy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.DumpFooter;
import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.pieces.PiecewiseCopy;
import dev.slipway.redis.replication.NoReplication;
import dev.slipway.redis.replication.Reading;
import dev.slipway.redis.replication.ReplicaLink;
import dev.slipway.redis.session.Pipeline;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.ServerIds;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes a target hold exactly the source's keys, with values and expiries. */
public final class RedisCopy {
    /** How often a source that goes on changing is looked through before that is left to a finding. */
    private static final int PASSES = 5;

    private final Duration tolerance;
    private final RedisFence fence;
    private final SameKeys same;
    private final BiFunction<StoreUrl, StoreUrl, Comparison> compare;

    /**
     * @param same asked about keys that an earlier call may have brought
     * @param compare asked about a target that holds something: what is the same already is not copied
     */
    public RedisCopy(
            Duration tolerance, RedisFence fence, SameKeys same, BiFunction<StoreUrl, StoreUrl, Comparison> compare) {
        this.tolerance = tolerance;
        this.fence = fence;
        this.same = same;
        this.compare = compare;
    }

    public CopyOutcome copy(StoreUrl sourceUrl, StoreUrl targetUrl, CopyOptions options, Progress progress) {
        String what = what(sourceUrl, targetUrl);
        try (RedisStore source = RedisStore.open(sourceUrl);
                RedisStore target = RedisStore.open(targetUrl)) {
            Optional<RedisFence.Hold> before = options.fence().map(standing -> fence.require(source, standing));
            requireAnother(source, target, what);
            requireComplete(source, what);
            if (options.fence().isEmpty() && isForeign(source, target, what)) {
                return new CopyOutcome.Skipped("the target holds the same already");
            }
            Evictions evictions = Evictions.of(target);
            Tally tally = new Tally(source, evictions.ending(progress, what));
            CopyOutcome outcome = copy(source, target, options, before, evictions, tally, what);
            options.fence().ifPresent(standing -> fence.requireUnbroken(source, standing, before.orElseThrow()));
            return outcome;
        } catch (RedisCommandExecutionException e) {
            throw RefusedCopy.of(what, e);
        }
    }

    /** Hears of a copy that is followed, as long as the target is claimed for it. */
    public interface Followed {
        /**
         * Nothing is on the target yet.
         *
         * @param claim names it: a target under another one is another's
         */
        void begun(String claim);

        /** Everything is. */
        void done();
    }

    /** Takes off what a copy has left that was ended right after it was done. */
    public void release(RedisStore target) {
        target.shared(DatabasePair.claimed(target)).ask(commands -> commands.del(OurKeys.claim()));
    }

    /**
     * Copies one moment of a source, as its replica does. Whatever the target held of an earlier copy of ours is removed first.
     *
     * @param link asked for already; it stays open, and on it comes what was written after that moment
     * @param following told when the target is ours, and when everything is on it
     */
    public CopyOutcome copyMoment(
            RedisStore source,
            RedisStore target,
            ReplicaLink link,
            CopyOptions options,
            Progress progress,
            Followed following) {
        return copyFollowed(
                source,
                target,
                options,
                progress,
                job -> copyMoment(job, link, options, what(source, target)),
                following);
    }

    /**
     * Copies a source by SCAN while it is written to: what is changed meanwhile is for whoever hears of it.
     *
     * @param because why no moment of it can be copied
     * @param following told when the target is ours, and when everything is on it
     */
    public CopyOutcome copyChanging(
            RedisStore source,
            RedisStore target,
            Reading.ByScan because,
            CopyOptions options,
            Progress progress,
            Followed following) {
        return copyFollowed(
                source,
                target,
                options,
                progress,
                job -> new FirstPass(job, options.pace().jobs(), what(source, target)).run(because, true),
                following);
    }

    private CopyOutcome copyFollowed(
            RedisStore source,
            RedisStore target,
            CopyOptions options,
            Progress progress,
            Consumer<KeyCopy.Job> bring,
            Followed following) {
        String what = what(source, target);
        try {
            requireAnother(source, target, what);
            requireComplete(source, what);
            Evictions evictions = Evictions.of(target);
            Tally tally = new Tally(source, evictions.ending(progress, what));
            CopyClaim claim = claim(source, target, options, what);
            KeyCopy.Job job = job(source, target, claim, options, tally);
            return evictions.during(
                    () -> {
                        following.begun(claim.id());
                        bring.accept(job);
                        claim.require();
                        following.done();
                        claim.release();
                        return tally.outcome();
                    },
                    what);
        } catch (RedisCommandExecutionException e) {
            throw RefusedCopy.of(what, e);
        }
    }

    /** Whether the target holds nothing but what an unfinished copy of ours has left there. */
    public boolean isOurs(RedisStore target) {
        return keys(target) == 0
                || CopyClaim.standing(target.shared(DatabasePair.claimed(target)))
                        .isPresent();
    }

    private static void copyMoment(KeyCopy.Job job, ReplicaLink link, CopyOptions options, String what) {
        job.tally().reading("by replication");
        try {
            link.await();
            // Those that hold keys by now: what another got since comes over the link.
            DatabasePair.of(job.source(), job.target()).forEach(pair -> new Emptied(job, pair).run());
            List<String> large = new ReplicationPass(job, options.pace().jobs(), /* comparing= */ false).copyOnly(link);
            if (!large.isEmpty()) {
                throw new CopyFailed(
                        what,
                        "the value of " + large.getFirst() + " is larger than " + (ReplicaLink.WHOLE >> 20)
                                + " MiB, which is as much as can be followed",
                        "copy without --follow while nothing writes");
            }
        } catch (NoReplication e) {
            throw new CopyFailed(
                    what,
                    e.reason(),
                    "copy again; a source that is written to much may have to hold more for a replica (client-output-buffer-limit)",
                    e);
        }
    }

    private static String what(RedisStore source, RedisStore target) {
        return what(source.url(), target.url());
    }

    static String what(StoreUrl source, StoreUrl target) {
        return "copy the Redis at " + source.host() + ":" + source.port(6379) + " to " + target.host() + ":"
                + target.port(6379);
    }

    /** A copy onto itself would end well, and nothing would have been copied. */
    private static void requireAnother(RedisStore source, RedisStore target, String what) {
        List<DatabasePair> pairs = DatabasePair.of(source, target);
        boolean overlap = pairs.isEmpty() || pairs.stream().anyMatch(pair -> pair.source() == pair.target());
        if (overlap && ServerIds.of(source).shares(ServerIds.of(target))) {
            throw new InvalidInput(what, "both are the same server", "name another one as the target");
        }
    }

    /** What a source holds that is itself half a copy is nobody's data. */
    static void requireComplete(RedisStore source, String what) {
        if (CopyClaim.standing(source.shared(DatabasePair.claimed(source))).isPresent()) {
            throw new InvalidInput(
                    what,
                    "the source is the target of a copy that is not complete",
                    "let that copy end, or copy from its own source");
        }
    }

    /** Asks what a copy asks, in a form that changes nothing: a login that may not is told before the target is claimed. */
    private static void requireRights(RedisStore source, RedisStore target) {
        var from = source.database(DatabasePair.of(source).stream().findFirst().orElse(0));
        source.await(from.scan(ScanArgs.Builder.limit(1)));
        source.await(from.dump(OurKeys.claim()));
        DatabasePair.of(source, target).forEach(pair -> target.database(pair.target()));
        var to = target.database(DatabasePair.claimed(target));
        requireRight(target, () -> to.restore(OurKeys.claim(), new byte[0], RestoreArgs.Builder.ttl(0)));
        requireRight(
                target,
                () -> to.set(OurKeys.claim(), new byte[0], SetArgs.Builder.nx().xx()));
    }

    /** @param question has no sense, as the server says to whoever may ask it */
    private static void requireRight(RedisStore target, Supplier<RedisFuture<String>> question) {
        try {
            target.await(question.get());
        } catch (RedisCommandExecutionException e) {
            if (RedisStore.reason(e).startsWith("NOPERM")) {
                throw e;
            }
        }
    }

    /** Whether the target holds what no copy of ours has begun, and holds the same as the source. */
    private boolean isForeign(RedisStore source, RedisStore target, String what) {
        if (isOurs(target)) {
            return false;
        }
        if (compare.apply(source.url(), target.url()) instanceof Comparison.Same) {
            return true;
        }
        throw new TargetNotEmpty(
                what, "the target is not empty, and what it holds is not the same", "name an empty one, or empty it");
    }

    private static long keys(RedisStore target) {
        var keys = target.keysByDatabase();
        return DatabasePair.of(target).stream()
                .mapToLong(database -> keys.getOrDefault(database, 0L))
                .sum();
    }

    private CopyOutcome copy(
            RedisStore source,
            RedisStore target,
            CopyOptions options,
            Optional<RedisFence.Hold> hold,
            Evictions evictions,
            Tally tally,
            String what) {
        Reading reading = Reading.of(source, options.pace().bytesPerSecond() > 0);
        CopyClaim claim = claim(source, target, options, what);
        KeyCopy.Job job = job(source, target, claim, options, tally);
        boolean complete = hold.map(RedisFence.Hold::toString)
                .filter(claim::isCompleteBehind)
                .isPresent();
        CopyOutcome outcome = evictions.during(
                () -> {
                    if (complete) {
                        removeExtras(job, options.pace().jobs());
                        return tally.rest();
                    }
                    FirstPass first = new FirstPass(job, options.pace().jobs(), what);
                    Stillness since = first.run(reading, claim.isTakenOver());
                    if (options.fence().isEmpty()) {
                        follow(job, options.pace().jobs(), since);
                    }
                    return tally.outcome();
                },
                what);
        claim.release();
        return outcome;
    }

    /** What workers that died have left half done, and what an earlier attempt has put there. */
    private static void removeExtras(KeyCopy.Job job, int jobs) {
        for (DatabasePair pair : DatabasePair.of(job.source(), job.target())) {
            new ScanPass(job, pair, jobs).removeExtras();
        }
    }

    /** Makes the target ours, if all that a copy needs is allowed. */
    static CopyClaim claim(RedisStore source, RedisStore target, CopyOptions options, String what) {
        requireRights(source, target);
        Collisions.of(source, DatabasePair.of(source, target)).requireNone(what);
        boolean isEmpty = keys(target) == 0;
        Pipeline claimed = target.shared(DatabasePair.claimed(target));
        CopyClaim claim = CopyClaim.take(claimed, ClaimMark.of(source.url(), options.fence()), what);
        // Whoever claimed it at the same time may have begun.
        return isEmpty && keys(target) == 1 ? claim.ofAnEmptyTarget() : claim;
    }

    KeyCopy.Job job(RedisStore source, RedisStore target, CopyClaim claim, CopyOptions options, Tally tally) {
        ReadLimit limit = ReadLimit.of(options.pace().bytesPerSecond());
        return new KeyCopy.Job(
                source,
                target,
                claim,
                claim.dumpVersion(DumpFooter::version),
                tolerance,
                limit,
                new PiecewiseCopy(limit, claim::require),
                same,
                tally);
    }

    /** SCAN gives no one moment: what was written meanwhile may be on the target or not, in part and with any of its expiries. */
    private static void follow(KeyCopy.Job job, int jobs, Stillness before) {
        Stillness last = before;
        for (int pass = 2; pass <= PASSES; pass++) {
            if (last.holds(job.source())) {
                return;
            }
            last = Stillness.of(job.source());
            long changes = job.tally().changes();
            job.tally().begin();
            ScanPass.ofAll(job, jobs, true);
            if (job.tally().changes() == changes) {
                return;
            }
        }
        if (!last.holds(job.source())) {
            job.tally()
                    .found(
                            Finding.warning(
                                    "source",
                                    "The source was still changing after " + PASSES
                                            + " passes; what it was told meanwhile may be missing. Stop its writers, empty the target and copy again."));
        }
    }
}
