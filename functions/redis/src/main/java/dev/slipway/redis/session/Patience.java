package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** How long the servers of a store are waited for. */
record Patience(StoreUrl url) {
    /** With one that is not asked for data yet: what listens there may be none. */
    static final Duration GREETING = Duration.ofSeconds(10);

    static final Duration ANSWER = Duration.ofMinutes(5);
    private static final Duration HINDRANCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /**
     * Waits for an answer.
     *
     * @throws RedisCommandExecutionException if the server refused the command
     * @throws StoreUnreachable if no answer came
     */
    <T> T await(RedisFuture<T> answer, Duration longest) {
        try {
            return answer.get(longest.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("the work was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisCommandExecutionException refused) {
                throw refused;
            }
            throw broken(e);
        } catch (TimeoutException e) {
            throw unreachable("it did not answer within " + longest.toSeconds() + " seconds", e);
        }
    }

    /** Repeats a command as long as a script of somebody's keeps the server busy. */
    <T> T whenNoScriptRuns(Supplier<T> command) {
        return repeat(command, "BUSY", "a script has been running");
    }

    /** Repeats a command on several keys as long as their slot is being moved and they are on two servers. */
    <T> T whenSlotIsWhole(Supplier<T> command) {
        return repeat(command, "TRYAGAIN", "a slot has been open, CLUSTER SETSLOT … NODE would end that,");
    }

    private <T> T repeat(Supplier<T> command, String refusal, String why) {
        long deadline = System.nanoTime() + HINDRANCE.toNanos();
        while (true) {
            try {
                return command.get();
            } catch (RedisCommandExecutionException e) {
                if (!RedisStore.reason(e).startsWith(refusal)) {
                    throw e;
                }
                if (System.nanoTime() > deadline) {
                    throw unreachable(why + " for " + HINDRANCE.toSeconds() + " seconds", e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    StoreUnreachable broken(Exception e) {
        return unreachable("the connection broke (" + RedisStore.reason(e) + ")", e);
    }

    StoreUnreachable unreachable(String failed, Throwable cause) {
        return Unreachable.of(url, failed, cause);
    }
}
