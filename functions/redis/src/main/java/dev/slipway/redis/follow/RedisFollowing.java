package dev.slipway.redis.follow;

import dev.slipway.migration.Accord;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Following;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.redis.compare.RedisCompare;
import dev.slipway.redis.copy.RedisCopy;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.replication.DumpFile;
import dev.slipway.redis.replication.NoReplication;
import dev.slipway.redis.replication.Reading;
import dev.slipway.redis.replication.ReplicaLink;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Follows as the source's replica does, with a worker between the two servers, since a managed target is nobody's replica. The way
 * back of a turn needs no stream: what differs is brought over by another turn, behind the fences of both sides.
 */
public final class RedisFollowing implements Following {
    private final RedisCopy copy;
    private final RedisFence fence;
    private final RedisCompare compare;
    private final AtomicReference<@Nullable Stream> begun = new AtomicReference<>();

    public RedisFollowing(RedisCopy copy, RedisFence fence, RedisCompare compare) {
        this.copy = copy;
        this.fence = fence;
        this.compare = compare;
    }

    @Override
    public CopyOutcome begin(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        String what = "follow " + source + " with " + target;
        Databases.of(source, target);
        RedisStore from = RedisStore.open(source);
        try {
            RedisStore to = RedisStore.open(target);
            try {
                demandPossible(from, to, what);
                Stream stream = resumed(from, to);
                CopyOutcome outcome = new CopyOutcome.Skipped("the target follows already");
                if (stream == null) {
                    ReplicaLink link = ReplicaLink.ask(from, ReplicaLink.WHOLE);
                    outcome = copied(from, to, link, options, progress, what);
                    stream = new Stream(from, to, Relay.of(link, from, to));
                }
                replaceBegun(stream);
                return outcome;
            } catch (RuntimeException e) {
                to.close();
                throw e;
            }
        } catch (RuntimeException e) {
            from.close();
            throw e;
        }
    }

    private void replaceBegun(@Nullable Stream stream) {
        Stream former = begun.getAndSet(stream);
        if (former != null) {
            former.close();
        }
    }

    private CopyOutcome copied(
            RedisStore from, RedisStore to, ReplicaLink link, CopyOptions options, Progress progress, String what) {
        try {
            if (!options.ownsTarget() && StreamState.read(to).isEmpty() && !copy.isOurs(to)) {
                throw new TargetNotEmpty(what, "the target is not empty", "name an empty one, or empty it");
            }
            return withWarning(
                    copy.copyMoment(
                            from,
                            to,
                            link,
                            options,
                            progress,
                            () -> StreamState.begin(to, from.url(), link.position())),
                    DumpFile.objection(from));
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private static CopyOutcome withWarning(CopyOutcome outcome, Optional<String> objection) {
        if (objection.isEmpty() || !(outcome instanceof CopyOutcome.Copied copied)) {
            return outcome;
        }
        List<Finding> findings = new ArrayList<>(copied.findings());
        findings.add(Finding.warning(
                "the source's dump file",
                objection.get() + ": remove that file from its folder before its next start, which would load it"));
        return new CopyOutcome.Copied(copied.items(), copied.bytes(), findings, copied.digests());
    }

    private static @Nullable Stream resumed(RedisStore from, RedisStore to) {
        Optional<StreamState> state = StreamState.of(to, from.url());
        if (state.isEmpty()) {
            return null;
        }
        try {
            return new Stream(from, to, Relay.resume(from, to, state.get()));
        } catch (NoReplication e) {
            // It keeps a megabyte of its stream unless it is told otherwise (repl-backlog-size).
            return null;
        }
    }

    private void demandPossible(RedisStore from, RedisStore to, String what) {
        if (isTurned(from, to.url())) {
            throw new FollowFailed(
                    what, "the target takes the writes: a cutover has turned them", "see 'slipway rollback'");
        }
        if (isTurned(to, from.url())) {
            throw new FollowFailed(
                    what,
                    "the target did already, before a rollback",
                    "see 'slipway cutover': it brings over what differs");
        }
        StreamState.read(to)
                .filter(state -> !state.source().equals(DatabasePair.place(from.url())))
                .ifPresent(state -> {
                    throw new FollowFailed(what, "it follows " + state.source(), "end that first");
                });
        if (from.isCluster() || to.isCluster()) {
            throw new FollowFailed(what, "one of them is a cluster", "copy without --follow while nothing writes");
        }
        Reading.Obstacle.of(from).ifPresent(obstacle -> {
            throw new FollowFailed(what, obstacle, "see to that, or copy without --follow while nothing writes");
        });
        Version older = version(from);
        if (!from.isAtLeast(6, 0)) {
            throw new FollowFailed(
                    what,
                    "the source's version " + older + " could not take its writes back (6.0 can)",
                    "copy without --follow while nothing writes");
        }
        if (version(to).compareTo(older) < 0) {
            throw new FollowFailed(
                    what,
                    "the target's version " + version(to) + " is older than the source's " + older,
                    "take a target of that version or a later one");
        }
    }

    /** Whether the side has given its writes to that one. */
    private boolean isTurned(RedisStore side, StoreUrl writer) {
        return fence.marked(side).filter(Side.turnedTo(writer)::equals).isPresent();
    }

    private static Version version(RedisStore store) {
        return Version.parse(store.info("server").getOrDefault("redis_version", ""))
                .orElseThrow(() -> new FollowFailed(
                        "follow with " + store.url(), "it does not tell its version", "copy without --follow"));
    }

    @Override
    public Carrier carry(StoreUrl source, StoreUrl target) {
        Stream stream = begun.getAndSet(null);
        if (stream == null) {
            throw new FollowFailed(
                    "bring the changes of " + source + " to " + target, "nothing was begun", "begin with a copy");
        }
        return StreamCarrier.start(stream);
    }

    @Override
    public Optional<Lag> lag(StoreUrl source, StoreUrl target) {
        try (RedisStore from = RedisStore.open(source);
                RedisStore to = RedisStore.open(target)) {
            Optional<StreamState> state = StreamState.of(to, source);
            if (state.isPresent()) {
                return Optional.of(lag(from, state.get()));
            }
            // What such a side is behind comes over when it is turned to.
            return isTurned(to, source) ? Optional.of(new Lag(0, 0, Optional.empty(), true)) : Optional.empty();
        }
    }

    private static Lag lag(RedisStore from, StreamState state) {
        long behind = Math.max(0, Offsets.of(from) - state.done().bytes());
        return new Lag(behind, 0, Optional.empty(), state.isAlive());
    }

    @Override
    public Turn turn(StoreUrl writer, StoreUrl follower, Duration longest, Accord accord, Progress progress) {
        replaceBegun(null);
        try (RedisStore from = RedisStore.open(writer);
                RedisStore to = RedisStore.open(follower)) {
            TurnTask task = new TurnTask(from, to, fence, compare, longest, accord, progress);
            Optional<StreamState> state = StreamState.of(to, writer);
            if (state.isPresent()) {
                return new StreamTurn(task).run(state.get());
            }
            if (isTurned(to, writer)) {
                return new DifferenceTurn(task).run();
            }
            if (isTurned(from, follower)) {
                return new Turn.Earlier();
            }
            throw new FollowFailed(
                    "let " + follower + " take the writes of " + writer,
                    "nothing flows to it from there",
                    "copy with --follow first");
        }
    }

    @Override
    public void end(StoreUrl writer, StoreUrl follower) {
        replaceBegun(null);
        try (RedisStore from = RedisStore.open(writer);
                RedisStore to = RedisStore.open(follower)) {
            if (StreamState.of(to, writer).isPresent()) {
                StreamState.remove(to);
            }
            fence.pass(to, Side.turnedTo(writer), new FenceToken("a way back that was given up", 1));
            if (isTurned(from, follower)) {
                fence.unfence(writer, Side.turnedTo(follower));
            }
        }
    }
}
