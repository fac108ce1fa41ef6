package dev.slipway.redis.follow;

import dev.slipway.migration.Accord;
import dev.slipway.migration.AppAccess;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Following;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.redis.compare.RedisCompare;
import dev.slipway.redis.copy.RedisCopy;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.session.RedisStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Follows as the source's replica does, or by passes, with a worker between the two servers, since a managed target is nobody's replica. The way
 * back of a turn needs no stream: what differs is brought over by another turn, behind the fences of both sides.
 */
public final class RedisFollowing implements Following {
    private final RedisCopy copy;
    private final RedisFence fence;
    private final RedisCompare compare;
    private final Sides sides;
    private final AtomicReference<@Nullable Stream> begun = new AtomicReference<>();
    private final Heard heard = new Heard();

    public RedisFollowing(RedisCopy copy, RedisFence fence, RedisCompare compare) {
        this(copy, fence, compare, Map.of());
    }

    private RedisFollowing(RedisCopy copy, RedisFence fence, RedisCompare compare, Map<StoreUrl, AppAccess> accesses) {
        this.copy = copy;
        this.fence = fence;
        this.compare = compare;
        this.sides = new Sides(fence, compare, Map.copyOf(accesses));
    }

    @Override
    public Following closing(StoreUrl side, AppAccess access) {
        return new RedisFollowing(copy, fence, compare, Map.of(side, access));
    }

    @Override
    public CopyOutcome begin(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        Beginning.Begun begins = new Beginning(copy, sides).begin(source, target, options, progress);
        replaceBegun(begins.stream());
        return begins.outcome();
    }

    private void replaceBegun(@Nullable Stream stream) {
        Stream former = begun.getAndSet(stream);
        if (former != null) {
            former.close();
        }
    }

    @Override
    public Carrier carry(StoreUrl source, StoreUrl target) {
        Stream stream = begun.getAndSet(null);
        if (stream == null) {
            throw new FollowFailed(
                    "bring the changes of " + source + " to " + target, "nothing was begun", "begin with a copy");
        }
        return StreamCarrier.start(stream, source, sides.closed(target, source), compare);
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
            return sides.hasGivenWay(to, from) ? Optional.of(new Lag(0, 0, Optional.empty(), true)) : Optional.empty();
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
        ClosedFollower closed = sides.closed(follower, writer);
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
            if (sides.hasGivenWay(to, from)) {
                try (Stop stop = sides.stop(from, to)) {
                    TurnTask task = new TurnTask(from, to, fence, compare, longest, accord, progress);
                    return new DifferenceTurn(task, stop, () -> ReturningSide.of(task)).run();
                }
            }
            if (sides.hasGivenWay(from, to)) {
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
        try (Stop stop = sides.stop(task.from(), task.to())) {
            return new DifferenceTurn(task, stop, () -> PassedSide.takeOver(task, follower, side)).run();
        }
    }

    @Override
    public void stay(StoreUrl writer, StoreUrl follower) {
        replaceBegun(null);
        try (SoleTurn sole = SoleTurn.claim(writer, follower)) {
            reopen(sole, "go on following " + writer + " with " + follower);
            ClosedFollower closed = sides.closed(follower, writer);
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
            ClosedFollower closed = sides.closed(follower, writer);
            // A turn that begins after this takes it, and ends this one.
            Optional<StreamState> state = closed.stream();
            if (state.isPresent()) {
                try (RedisStore to = closed.open();
                        ChangeWriter stream = ChangeWriter.take(to, state.get().owner())
                                .orElseThrow(() -> new FollowFailed(
                                        "end the stream from " + writer + " to " + follower,
                                        "another command has just taken it",
                                        "leave it to that one, or run the same again"))) {
                    stream.remove();
                } catch (ChangeWriter.Refused e) {
                    throw new FollowFailed(
                            "end the stream from " + writer + " to " + follower,
                            "the target answered '" + e.said() + "'",
                            "see to that, and run the same again",
                            e);
                }
            }
            sides.giveUp(sole.to(), writer);
        }
    }

    /** A cutover may have come between the question who writes and the answer, and both may not. */
    private void reopen(SoleTurn sole, String what) {
        RedisStore writer = sole.from();
        StoreUrl follower = sole.to().url();
        if (sides.hasGivenWay(writer, sole.to())) {
            throw new FollowFailed(
                    what, follower + " takes the writes", "see 'slipway cutover' and 'slipway rollback'");
        }
        AppAccess access = sides.accesses().get(writer.url());
        if (access != null) {
            access.open();
        } else if (sides.isTurned(writer, follower)) {
            fence.unfence(writer, Side.turnedTo(follower));
        }
    }
}
