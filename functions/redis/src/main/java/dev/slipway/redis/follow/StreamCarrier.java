package dev.slipway.redis.follow;

import dev.slipway.migration.Following.Carrier;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.redis.compare.RedisCompare;
import dev.slipway.redis.replication.NoReplication;
import dev.slipway.redis.session.RedisStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings changes on a thread of its own. A turn takes its place; one that was refused leaves it to this again. */
final class StreamCarrier implements Carrier {
    private static final Duration LOOK = Duration.ofMillis(200);

    /** So long the one that took over may be silent: its target may be slow. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private static final Duration LOST = Duration.ofMinutes(1);

    private final StoreUrl source;
    private final ClosedFollower follower;
    private final RedisCompare compare;
    private final Heard heard = new Heard();
    private final Thread thread =
            Thread.ofPlatform().name("redis-follow").daemon().unstarted(this::run);
    private volatile Stream stream;
    private volatile boolean closed;
    private volatile @Nullable SlipwayException failure;

    private StreamCarrier(Stream stream, StoreUrl source, ClosedFollower follower, RedisCompare compare) {
        this.source = source;
        this.follower = follower;
        this.compare = compare;
        this.stream = stream;
    }

    static StreamCarrier start(Stream stream, StoreUrl source, ClosedFollower follower, RedisCompare compare) {
        StreamCarrier carrier = new StreamCarrier(stream, source, follower, compare);
        carrier.thread.start();
        return carrier;
    }

    @Override
    public void check() {
        SlipwayException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public Optional<String> trouble() {
        return stream.flow().trouble();
    }

    private void run() {
        try {
            String why = carry();
            while (resume(why)) {
                why = carry();
            }
        } catch (SlipwayException e) {
            failure = closed ? null : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure =
                    closed ? null : new FollowFailed("follow " + source, RedisStore.reason(e), "run the same again", e);
        }
    }

    /** Until it is closed, another takes over or a connection ends; returns why. */
    private String carry() {
        try {
            while (!closed && stream.flow().step()) {
                // Each step waits for what comes next.
            }
            return "another worker brought changes meanwhile";
        } catch (IOException e) {
            return RedisStore.reason(e);
        } finally {
            stream.close();
        }
    }

    /** Waits until the stream is left to this one; false where it is over. */
    private boolean resume(String why) throws InterruptedException {
        long until = System.nanoTime() + LOST.toNanos();
        while (!closed) {
            try {
                switch (attempt()) {
                    case OVER -> {
                        return false;
                    }
                    case RESUMED -> {
                        return true;
                    }
                    case ANOTHERS -> until = System.nanoTime() + LOST.toNanos();
                }
            } catch (NoReplication | SlipwayException e) {
                if (System.nanoTime() > until) {
                    throw new FollowFailed(
                            "go on following " + source,
                            RedisStore.reason(e) + " (" + why + ")",
                            "copy with --follow again; where it follows by a stream, a larger repl-backlog-size there bridges longer cuts",
                            e);
                }
            }
            Thread.sleep(LOOK);
        }
        return false;
    }

    /** What became of an attempt to go on. */
    private enum Attempt {
        OVER,
        ANOTHERS,
        RESUMED
    }

    private Attempt attempt() throws NoReplication {
        Optional<StreamState> state = follower.stream();
        if (state.isEmpty()) {
            return Attempt.OVER;
        }
        if (!isToBeTaken(state.get())) {
            return Attempt.ANOTHERS;
        }
        RedisStore from = RedisStore.open(source);
        try {
            return resumed(from, follower.open(), state.get()) ? Attempt.RESUMED : Attempt.ANOTHERS;
        } catch (NoReplication | RuntimeException e) {
            from.close();
            throw e;
        }
    }

    private boolean resumed(RedisStore from, RedisStore to, StreamState seen) throws NoReplication {
        boolean resumed = false;
        try {
            Optional<ChangeWriter> writer = ChangeWriter.take(to, seen.owner());
            if (writer.isPresent()) {
                stream = new Stream(from, to, resumed(from, to, seen, writer.get()));
                resumed = true;
            }
            return resumed;
        } finally {
            if (!resumed) {
                from.close();
                to.close();
            }
        }
    }

    private Flow resumed(RedisStore from, RedisStore to, StreamState seen, ChangeWriter writer) throws NoReplication {
        return seen.isByPasses() ? Passes.resume(from, to, compare, writer) : Relay.resume(from, to, seen, writer);
    }

    /** A turn takes it from anybody; this one only its own, what was left to it, or from one that has been silent. */
    private boolean isToBeTaken(StreamState seen) {
        return seen.owner().isEmpty()
                || seen.owner().equals(stream.flow().owner())
                || heard.silence(seen).compareTo(SILENCE) >= 0;
    }

    @Override
    public void close() {
        closed = true;
        stream.close();
        try {
            thread.join(LOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
