package dev.slipway.redis.copy;

import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.redis.fence.RedisFence;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes a target hold exactly the source's keys, with values and expiries, by DUMP and RESTORE. */
public final class RedisCopy {
    private final Duration tolerance;
    private final RedisFence fence;

    public RedisCopy(Duration tolerance, RedisFence fence) {
        this.tolerance = tolerance;
        this.fence = fence;
    }

    public CopyOutcome copy(StoreUrl sourceUrl, StoreUrl targetUrl, Optional<FenceToken> token, Progress progress) {
        try (RedisStore source = RedisStore.open(sourceUrl);
                RedisStore target = RedisStore.open(targetUrl)) {
            Optional<RedisFence.Hold> before = token.map(standing -> fence.require(source, standing));
            Run run = new Run(source, target, new Tally(source, progress));
            for (DatabasePair pair : DatabasePair.of(source, target)) {
                run.removeExtras(pair);
                run.send(pair);
            }
            token.ifPresent(standing -> fence.requireUnbroken(source, standing, before.orElseThrow()));
            return run.tally.outcome();
        } catch (RedisCommandExecutionException e) {
            throw refused("copy the Redis at " + sourceUrl.host() + " to " + targetUrl.host(), e);
        }
    }

    private static CopyFailed refused(String tried, RedisCommandExecutionException e) {
        String said = RedisStore.reason(e);
        return new CopyFailed(tried, "the server answered '" + said + "'", remedy(said), e);
    }

    private static String remedy(String said) {
        if (said.contains("DUMP payload version")) {
            return "use a target of the source's Redis version or a later one, because an older one cannot read its values";
        }
        if (said.startsWith("OOM")) {
            return "take a larger node for the target";
        }
        if (said.startsWith("NOPERM")) {
            return "give the user the right to that command";
        }
        return "look into the server's log";
    }

    /** One copy under way. */
    private final class Run {
        private final RedisStore source;
        private final RedisStore target;
        private final Tally tally;

        private Run(RedisStore source, RedisStore target, Tally tally) {
            this.source = source;
            this.target = target;
            this.tally = tally;
        }

        /** What the target has and the source has not: left over from an earlier call, or expired since. */
        private void removeExtras(DatabasePair pair) {
            RedisAsyncCommands<byte[], byte[]> cleaned = target.database(pair.target());
            KeyBatches batches = KeyBatches.ofNames(target, pair.target());
            while (batches.hasNext()) {
                List<RedisFuture<Long>> removed = source.absent(pair.source(), batches.next()).stream()
                        .map(cleaned::del)
                        .toList();
                removed.forEach(answer -> tally.removed(target.await(answer)));
            }
        }

        private void send(DatabasePair pair) {
            KeyBatches batches = KeyBatches.withValues(source, pair.source());
            while (batches.hasNext()) {
                List<byte[]> keys = batches.next();
                Dump.Pending wanted = Dump.request(source, pair.source(), keys);
                Dump.Pending found = Dump.request(target, pair.target(), keys);
                send(pair, wanted.await(), found.await());
            }
        }

        private void send(DatabasePair pair, List<Dump> wanted, List<Dump> found) {
            List<Dump> changed = IntStream.range(0, wanted.size())
                    .filter(i -> wanted.get(i).exists() && !wanted.get(i).isSame(found.get(i), tolerance))
                    .mapToObj(wanted::get)
                    .toList();
            List<Sent> sent = target.together(
                    pair.target(),
                    commands -> changed.stream()
                            .map(dump -> restore(commands, dump))
                            .toList());
            wanted.forEach(dump -> tally.seen("database " + pair.source(), dump));
            sent.forEach(each -> {
                each.await(pair);
                tally.sent(each.dump);
            });
        }

        private Sent restore(RedisAsyncCommands<byte[], byte[]> commands, Dump dump) {
            RestoreArgs how = RestoreArgs.Builder.ttl(Math.max(0, dump.expiry().millis()))
                    .replace()
                    .absttl(dump.expiry().isVolatile());
            return new Sent(dump, commands.restore(dump.key(), dump.payload(), how));
        }

        /** A RESTORE under way. */
        private final class Sent {
            private final Dump dump;
            private final RedisFuture<String> answer;

            private Sent(Dump dump, RedisFuture<String> answer) {
                this.dump = dump;
                this.answer = answer;
            }

            private void await(DatabasePair pair) {
                try {
                    target.await(answer);
                } catch (RedisCommandExecutionException e) {
                    throw refused("copy the key " + KeyText.of(pair.source(), dump.key()), e);
                }
            }
        }
    }

    /** Counts what a copy has seen and sent, and tells it. */
    private static final class Tally {
        private final Progress progress;
        private final long total;
        private long seen;
        private long bytesSeen;
        private long sent;
        private long bytesSent;
        private long removed;

        private Tally(RedisStore source, Progress progress) {
            this.progress = progress;
            this.total = source.keysByDatabase().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }

        private void seen(String what, Dump dump) {
            seen++;
            bytesSeen += dump.size();
            progress.report(new Progress.Amount(what, seen, Math.max(seen, total), bytesSeen, 0));
        }

        private void sent(Dump dump) {
            sent++;
            bytesSent += dump.size();
        }

        private void removed(long keys) {
            removed += keys;
        }

        private CopyOutcome outcome() {
            return sent + removed == 0
                    ? new CopyOutcome.Skipped("all " + seen + " keys were on the target already")
                    : new CopyOutcome.Copied(sent, bytesSent);
        }
    }
}
