package dev.slipway.redis.follow;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.redis.copy.RedisCopy;
import dev.slipway.redis.replication.DumpFile;
import dev.slipway.redis.replication.NoReplication;
import dev.slipway.redis.replication.Reading;
import dev.slipway.redis.replication.ReplicaLink;
import dev.slipway.redis.session.RedisStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Copies a source and begins to follow it, or goes on where that was done. */
record Beginning(RedisCopy copy, Sides sides) {

    /** What became of the copy, and what brings the changes from here on. */
    record Begun(CopyOutcome outcome, Stream stream) {}

    /**
     * Copies, unless that was done.
     *
     * @throws TargetNotEmpty if the target holds something else
     */
    Begun begin(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        String what = "follow " + source + " with " + target;
        Databases.of(source, target);
        RedisStore from = RedisStore.open(source);
        try {
            try (RedisStore to = RedisStore.open(target)) {
                new Requirements(sides, what).demand(from, to);
            }
            ClosedFollower follower = sides.closed(target, source);
            Reading reading = Reading.whileFollowing(from);
            Stream stream = resumed(from, follower, reading);
            if (stream != null) {
                String how = stream.flow() instanceof Passes ? ", by passes" : "";
                return new Begun(new CopyOutcome.Skipped("the target follows already" + how), stream);
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

    private Begun copyMoment(Copying copying) {
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
                            new CopiedState(to, from.url(), link::position)));
            Stream stream = stream(from, copying.follower.close(), to -> Relay.of(link, from, to));
            CopyOutcome warned = withWarning(
                    outcome,
                    DumpFile.objection(from)
                            .map(
                                    objection -> Finding.warning(
                                            "the source's dump file",
                                            objection
                                                    + ": remove that file from its folder before its next start, which would load it")));
            return new Begun(warned, stream);
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private Begun copyChanging(Copying copying, Reading.ByScan because) {
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
                            new CopiedState(to, from.url(), () -> StreamState.UNSEEN)));
            Optional<String> untold = witnesses.changed().whyAll();
            Stream stream =
                    stream(from, copying.follower.close(), to -> Passes.after(from, to, sides.compare(), witnesses));
            return new Begun(withWarning(outcome, Optional.of(passes(because, untold))), stream);
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

    private CopyOutcome copied(Copying copying, Function<RedisStore, CopyOutcome> copies) {
        try (RedisStore to = copying.follower.openForCopy()) {
            boolean givenUp = sides.isGivenUp(to);
            if (!copying.options.ownsTarget() && StreamState.read(to).isEmpty() && !copy.isOurs(to)) {
                throw new TargetNotEmpty(
                        copying.what,
                        "the target is not empty",
                        "name an empty one, or empty it" + (givenUp ? opening(to) : ""));
            }
            if (givenUp) {
                sides.takeUp(to);
            }
            return copies.apply(to);
        }
    }

    /** Whoever wants to empty a side that nobody may write to has to open it. */
    private String opening(RedisStore closed) {
        return " (it has been closed since it was given up: "
                + (sides.fence().isOurs(closed) ? "ACL SETUSER default +@write" : "CONFIG SET min-replicas-to-write 0")
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
        if (state.isEmpty() || state.get().isToBeCopied()) {
            return null;
        }
        RedisStore closed = follower.close();
        try {
            Flow flow = resumed(from, closed, state.get(), reading);
            if (flow == null) {
                closed.close();
                return null;
            }
            copy.release(closed);
            return new Stream(from, closed, flow);
        } catch (RuntimeException e) {
            closed.close();
            throw e;
        }
    }

    /** A stream that has begun needs no new save of its source's, for which there may be no room by now. */
    private @Nullable Flow resumed(RedisStore from, RedisStore closed, StreamState state, Reading reading) {
        if (state.isByPasses() || (reading instanceof Reading.ByScan scan && scan.asked())) {
            return Passes.resume(from, closed, sides.compare());
        }
        try {
            return Relay.resume(from, closed, state);
        } catch (NoReplication e) {
            // It keeps a megabyte of its stream unless it is told otherwise (repl-backlog-size).
            return reading instanceof Reading.ByScan ? Passes.resume(from, closed, sides.compare()) : null;
        }
    }
}
