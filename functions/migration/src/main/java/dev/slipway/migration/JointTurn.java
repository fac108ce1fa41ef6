package dev.slipway.migration;

import dev.slipway.migration.Following.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns several stores as one: none is fenced before all are near, and none opens before all are proved. What is refused or ends for
 * one of them is refused for all.
 */
public final class JointTurn {
    private final List<Pair> pairs;
    private final Duration longest;
    private final Function<Pair, Progress> progress;

    /** @param longest that neither side takes writes */
    public JointTurn(List<Pair> pairs, Duration longest, Function<Pair, Progress> progress) {
        this.pairs = List.copyOf(pairs);
        this.longest = longest;
        this.progress = progress;
    }

    /**
     * What became of each store, in their order. Either all of them have turned, now or earlier, or those that had not before have not.
     *
     * @throws dev.slipway.migration.exception.SlipwayException if one could not be told; the same again goes on with it
     */
    public List<Turn> run() {
        Set<Pair> first =
                pairs.stream().filter(pair -> !pair.following().closesLast()).collect(Collectors.toUnmodifiableSet());
        SharedAccord accord = new SharedAccord(pairs.size(), first, longest);
        // One that failed does not interrupt the others: they have a source to open again.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Turn>> turns = pairs.stream()
                    .map(pair -> threads.submit(() -> turn(pair, accord)))
                    .toList();
            List<Turn> ended = new ArrayList<>();
            for (Future<Turn> turn : turns) {
                ended.add(turn.get());
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while stores turned");
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(cause);
        };
    }

    private Turn turn(Pair pair, SharedAccord accord) {
        try {
            Progress told = progress.apply(pair);
            Turn turn = pair.following().turn(pair.writer(), pair.follower(), longest, accord.of(pair, told), told);
            switch (turn) {
                case Turn.Earlier _, Turn.Done _ -> accord.passes(pair);
                case Turn.NotDone notDone -> accord.refuse(pair.writer() + ": " + notDone.reason());
            }
            return turn;
        } catch (RuntimeException e) {
            accord.refuse(pair.writer() + ": " + e.getMessage());
            throw e;
        }
    }

    /**
     * A store to turn.
     *
     * @param writer takes the writes
     * @param follower is to take them
     */
    public record Pair(Following following, StoreUrl writer, StoreUrl follower) {
        /** Whether anything flows from the writer to the follower. */
        public boolean follows() {
            return following.lag(writer, follower).isPresent();
        }

        /** The same once it has turned. */
        public Pair back() {
            return new Pair(following, /* writer= */ follower, /* follower= */ writer);
        }
    }
}
