package dev.slipway.redis.follow;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.redis.fence.OwnAccess;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.follow.RedisFollowing.Verbs;
import dev.slipway.redis.session.RedisStore;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives a side that was turned away from the writes back, with everything that the writer holds: what differs is brought over, once
 * while the writer still writes, and once behind its fence. Until it is open, nobody but us can write to it.
 */
final class DifferenceTurn {
    private final RedisStore from;
    private final RedisStore to;
    private final RedisFence fence;
    private final Verbs verbs;
    private final Duration longest;
    private final Progress progress;
    private final FenceToken closes;
    private final FenceToken opens;
    private long began;

    DifferenceTurn(RedisStore from, RedisStore to, RedisFence fence, Verbs verbs, Duration longest, Progress progress) {
        this.from = from;
        this.to = to;
        this.fence = fence;
        this.verbs = verbs;
        this.longest = longest;
        this.progress = progress;
        this.closes = Side.turnedTo(to.url());
        this.opens = Side.turnedTo(from.url());
    }

    Turn run() {
        say("bringing over what differs");
        StoreUrl ours = OwnAccess.open(to.url(), opens);
        verbs.repair(from.url(), ours, progress);
        began = System.nanoTime();
        say("fencing");
        fence.fence(from.url(), closes);
        try {
            RedisFence.Hold hold = fence.require(from, closes);
            say("bringing over the rest");
            Comparison proof = verbs.repair(from.url(), ours, progress).after();
            Optional<String> obstacle = Proofs.reason(proof).or(this::late);
            fence.requireUnbroken(from, closes, hold);
            if (obstacle.isPresent()) {
                return refused(obstacle.get());
            }
            say("switching");
            fence.unfence(to.url(), opens);
            return new Turn.Done(pause(), (Comparison.Same) proof);
        } catch (FenceBroken e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> late() {
        return pause().compareTo(longest) > 0
                ? Optional.of("to compare both took longer than " + longest.toSeconds() + " s")
                : Optional.empty();
    }

    private Turn refused(String reason) {
        fence.unfence(from.url(), closes);
        return new Turn.NotDone(reason, pause());
    }

    private Duration pause() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void say(String what) {
        progress.report(new Progress.Amount(what, 0, 0, 0, 0));
    }
}
