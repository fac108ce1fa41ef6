package dev.slipway.redis.follow;

import dev.slipway.migration.Accord;
import dev.slipway.migration.AppAccess;
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
import dev.slipway.redis.fence.OwnAccess;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows as the source's replica does, with a worker between the two servers, since a managed target is nobody's replica. The way
 * back of a turn needs no stream: what differs is brought over by another turn, behind the fences of both sides.
 */
public final class RedisFollowing implements Following {
    private static final FenceToken GIVEN_UP = new FenceToken("a way back that was given up", 1);

    private final RedisCopy copy;
    private final RedisFence fence;
    private final RedisCompare compare;
    private final Map<StoreUrl, AppAccess> accesses;
    private final AtomicReference<@Nullable Stream> begun = new AtomicReference<>();
    private final Heard heard = new Heard();

    public RedisFollowing(RedisCopy copy, RedisFence fence, RedisCompare compare) {
        this(copy, fence, compare, Map.of());
    }

    private RedisFollowing(RedisCopy copy, RedisFence fence, RedisCompare compare, Map<StoreUrl, AppAccess> accesses) {
        this.copy = copy;
        this.fence = fence;
        this.compare = compare;
        this.accesses = Map.copyOf(accesses);
    }

    @Override
    public Following closing(StoreUrl side, AppAccess access) {
        return new RedisFollowing(copy, fence, compare, Map.of(side, access));
    }

    private ClosedFollower closed(StoreUrl follower, StoreUrl writer) {
        AppAccess access = accesses.get(follower);
        Door door = access == null ? new FencedDoor(fence, follower, writer) : new AccountDoor(access, follower);
        return new ClosedFollower(door, follower, writer);
    }

    private Stop stop(RedisStore writer, RedisStore follower) {
        AppAccess access = accesses.get(writer.url());
        return access == null
                ? new FenceStop(fence, writer, Side.turnedTo(follower.url()))
                : new AccountStop(access, writer, keys -> compare.areSame(writer, follower, keys));
    }

    @Override
    public CopyOutcome begin(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        String what = "follow " + source + " with " + target;
        Databases.of(source, target);
        RedisStore from = RedisStore.open(source);
        try {
            demandPossible(from, target, what);
            ClosedFollower follower = closed(target, source);
            Reading reading = Reading.whileFollowing(from);
            Stream stream = resumed(from, follower, reading);
            if (stream != null) {
                replaceBegun(stream);
                return new CopyOutcome.Skipped("the target follows already");
            }
            Copying copying = new Copying(from, follower, options, progress, what);
            return switch (reading) {
                case Reading.ByReplication replication -> copyMoment(copying);
                case Reading.ByScan because -> copyChanging(copying, because);
            };
        } catch (RuntimeException e) {
            from.close();
            throw e;
        }
    }

    /** What is to be copied before it is followed. */
    private record Copying(
            RedisStore from, ClosedFollower follower, CopyOptions options, Progress progress, String what) {}

    private CopyOutcome copyMoment(Copying copying) {
        RedisStore from = copying.from;
        ReplicaLink link = ReplicaLink.ask(from, ReplicaLink.WHOLE);
        try {
            CopyOutcome outcome = copied(
                    copying,
                    to -> copy.copyMoment(
                            from,
                            to,
                            link,
                            copying.options,
                            copying.progress,
                            () -> StreamState.begin(to, from.url(), link.position())));
            replaceBegun(stream(from, copying.follower.close(), to -> Relay.of(link, from, to)));
            return withWarning(
                    outcome,
                    DumpFile.objection(from)
                            .map(
                                    objection -> Finding.warning(
                                            "the source's dump file",
                                            objection
                                                    + ": remove that file from its folder before its next start, which would load it")));
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private CopyOutcome copyChanging(Copying copying, Reading.ByScan because) {
        RedisStore from = copying.from;
        Witnesses witnesses = Passes.listen(from);
        try {
            CopyOutcome outcome = copied(
                    copying,
                    to -> copy.copyChanging(
                            from,
                            to,
                            because,
                            copying.options,
                            copying.progress,
                            () -> StreamState.begin(to, from.url(), StreamState.UNSEEN)));
            Optional<String> untold = witnesses.changed().whyAll();
            replaceBegun(stream(from, copying.follower.close(), to -> Passes.after(from, to, compare, witnesses)));
            return withWarning(outcome, Optional.of(passes(because, untold)));
        } catch (RuntimeException e) {
            witnesses.close();
            throw e;
        }
    }

    private static Finding passes(Reading.ByScan because, Optional<String> untold) {
        return Finding.warning(
                "following",
                "The source is followed by passes (" + because.because() + "): "
                        + untold.map(why -> "each looks at all keys, because " + why)
                                .orElse("each brings the keys whole that were changed since the one before")
                        + ".");
    }

    private static Stream stream(RedisStore from, RedisStore to, Function<RedisStore, Flow> flow) {
        try {
            return new Stream(from, to, flow.apply(to));
        } catch (RuntimeException e) {
            to.close();
            throw e;
        }
    }

    private void replaceBegun(@Nullable Stream stream) {
        Stream former = begun.getAndSet(stream);
        if (former != null) {
            former.close();
        }
    }

    private CopyOutcome copied(Copying copying, Function<RedisStore, CopyOutcome> copies) {
        try (RedisStore to = copying.follower.open()) {
            boolean givenUp = mark(to).filter(GIVEN_UP::equals).isPresent();
            if (!copying.options.ownsTarget() && StreamState.read(to).isEmpty() && !copy.isOurs(to)) {
                throw new TargetNotEmpty(
                        copying.what,
                        "the target is not empty",
                        "name an empty one, or empty it" + (givenUp ? opening(to) : ""));
            }
            if (givenUp) {
                fence.unfence(to, GIVEN_UP);
            }
            return copies.apply(to);
        }
    }

    /** Whoever wants to empty a side that nobody may write to has to open it. */
    private String opening(RedisStore closed) {
        return " (it has been closed since it was given up: "
                + (fence.isOurs(closed) ? "ACL SETUSER default +@write" : "CONFIG SET min-replicas-to-write 0")
                + " lets that be done)";
    }

    private static CopyOutcome withWarning(CopyOutcome outcome, Optional<Finding> warning) {
        if (warning.isEmpty() || !(outcome instanceof CopyOutcome.Copied copied)) {
            return outcome;
        }
        List<Finding> findings = new ArrayList<>(copied.findings());
        findings.add(warning.get());
        return new CopyOutcome.Copied(copied.items(), copied.bytes(), findings, copied.digests());
    }

    private @Nullable Stream resumed(RedisStore from, ClosedFollower follower, Reading reading) {
        Optional<StreamState> state = follower.stream();
        if (state.isEmpty()) {
            return null;
        }
        RedisStore closed = follower.close();
        try {
            boolean byPasses = reading instanceof Reading.ByScan || state.get().isByPasses();
            return new Stream(
                    from,
                    closed,
                    byPasses ? Passes.resume(from, closed, compare) : Relay.resume(from, closed, state.get()));
        } catch (NoReplication e) {
            // It keeps a megabyte of its stream unless it is told otherwise (repl-backlog-size).
            closed.close();
            return null;
        } catch (RuntimeException e) {
            closed.close();
            throw e;
        }
    }

    private void demandPossible(RedisStore from, StoreUrl target, String what) {
        try (RedisStore to = RedisStore.open(target)) {
            demandPossible(from, to, what);
        }
    }

    private void demandPossible(RedisStore from, RedisStore to, String what) {
        if (hasGivenWay(from, to)) {
            throw new FollowFailed(
                    what, "the target takes the writes: a cutover has turned them", "see 'slipway rollback'");
        }
        if (StreamState.of(to, from.url()).isEmpty() && hasGivenWay(to, from)) {
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
        if (!accesses.containsKey(from.url()) && !OwnAccess.isPossible(from)) {
            throw new FollowFailed(
                    what,
                    "the source's login may not use CONFIG and ACL, by which its writes are given away and taken back",
                    "give the URL of one who may, or copy without --follow while nothing writes");
        }
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

    /**
     * Whether the side has given its writes to that one, and follows it by what differs. Where each says so of the other, a turn was
     * ended before its end: the one that only we may write to was to take the writes, and has not.
     */
    private boolean hasGivenWay(RedisStore side, RedisStore writer) {
        boolean turned = isTurned(side, writer.url());
        boolean turnedBack = turned && isTurned(writer, side.url());
        return turned
                && (!turnedBack || fence.isOurs(side))
                && StreamState.of(writer, side.url()).isEmpty();
    }

    private boolean isTurned(RedisStore side, StoreUrl writer) {
        return mark(side).filter(Side.turnedTo(writer)::equals).isPresent();
    }

    /** A managed server carries none. */
    private Optional<FenceToken> mark(RedisStore side) {
        return accesses.containsKey(side.url()) ? Optional.empty() : fence.marked(side);
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
        return StreamCarrier.start(stream, source, closed(target, source), compare);
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
            return hasGivenWay(to, from) ? Optional.of(new Lag(0, 0, Optional.empty(), true)) : Optional.empty();
        }
    }

    private Lag lag(RedisStore from, StreamState state) {
        if (state.isByPasses()) {
            return new Lag(state.done().bytes(), 0, Optional.empty(), heard.isAlive(state) && !state.isUnseen());
        }
        long behind = Math.max(0, Offsets.of(from) - state.done().bytes());
        return new Lag(behind, 0, Optional.empty(), heard.isAlive(state));
    }

    @Override
    public Turn turn(StoreUrl writer, StoreUrl follower, Duration longest, Accord accord, Progress progress) {
        replaceBegun(null);
        ClosedFollower closed = closed(follower, writer);
        try (SoleTurn sole = SoleTurn.claim(writer, follower)) {
            RedisStore from = sole.from();
            RedisStore to = sole.to();
            Optional<StreamState> state = StreamState.of(to, writer);
            if (state.isPresent()) {
                try (RedisStore ours = closed.open()) {
                    TurnTask task = new TurnTask(from, ours, fence, compare, longest, accord, progress);
                    return state.get().isByPasses()
                            ? passedTurn(task, closed, to)
                            : new StreamTurn(task, closed, to).run(state.get());
                }
            }
            if (hasGivenWay(to, from)) {
                try (Stop stop = stop(from, to)) {
                    TurnTask task = new TurnTask(from, to, fence, compare, longest, accord, progress);
                    return new DifferenceTurn(task, stop, () -> ReturningSide.of(task)).run();
                }
            }
            if (hasGivenWay(from, to)) {
                // A way back that was ended may have closed it.
                closed.release(to);
                return new Turn.Earlier();
            }
            throw new FollowFailed(
                    "let " + follower + " take the writes of " + writer,
                    "nothing flows to it from there",
                    "copy with --follow first");
        }
    }

    private Turn passedTurn(TurnTask task, ClosedFollower follower, RedisStore side) {
        try (Stop stop = stop(task.from(), task.to())) {
            return new DifferenceTurn(task, stop, () -> PassedSide.takeOver(task, follower, side)).run();
        }
    }

    @Override
    public void stay(StoreUrl writer, StoreUrl follower) {
        replaceBegun(null);
        try (SoleTurn sole = SoleTurn.claim(writer, follower)) {
            reopen(sole, "go on following " + writer + " with " + follower);
            ClosedFollower closed = closed(follower, writer);
            if (closed.stream().isPresent()) {
                try (RedisStore to = closed.open()) {
                    StreamState.leave(to);
                }
            }
        }
    }

    @Override
    public void end(StoreUrl writer, StoreUrl follower) {
        replaceBegun(null);
        try (SoleTurn sole = SoleTurn.claim(writer, follower)) {
            // As long as the stream is there, nobody takes the follower for the writer.
            reopen(sole, "end the stream from " + writer + " to " + follower);
            ClosedFollower closed = closed(follower, writer);
            if (closed.stream().isPresent()) {
                try (RedisStore to = closed.open()) {
                    StreamState.remove(to);
                }
            }
            if (!accesses.containsKey(follower)) {
                fence.pass(sole.to(), Side.turnedTo(writer), GIVEN_UP);
            }
        }
    }

    /** A cutover may have come between the question who writes and the answer, and both may not. */
    private void reopen(SoleTurn sole, String what) {
        RedisStore writer = sole.from();
        StoreUrl follower = sole.to().url();
        if (hasGivenWay(writer, sole.to())) {
            throw new FollowFailed(
                    what, follower + " takes the writes", "see 'slipway cutover' and 'slipway rollback'");
        }
        AppAccess access = accesses.get(writer.url());
        if (access != null) {
            access.open();
        } else if (isTurned(writer, follower)) {
            fence.unfence(writer, Side.turnedTo(follower));
        }
    }
}
