package dev.slipway.redis.follow;

import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.redis.compare.RedisCompare;
import dev.slipway.redis.follow.KeyBringer.Brought;
import dev.slipway.redis.follow.KeyBringer.Overtaken;
import dev.slipway.redis.follow.KeyBringer.Unbrought;
import dev.slipway.redis.keys.ChangedKeys;
import dev.slipway.redis.session.RedisStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Brings changes over by looking, where no login may read as a replica does: the source tells which keys anybody changes, and what then
 * differs is brought. What nobody was told of is found by a look at all keys of both sides.
 */
final class Passes implements Flow {
    private static final Duration BETWEEN = Duration.ofMillis(200);

    /** Where each of them looks at all keys. */
    private static final Duration BETWEEN_LOOKS_AT_ALL = Duration.ofSeconds(5);

    private final RedisStore from;
    private final KeyBringer keys;
    private Witnesses witnesses;
    private volatile boolean lookedAtAll;
    private volatile boolean closed;

    private Passes(RedisStore from, KeyBringer keys, Witnesses witnesses, boolean lookedAtAll) {
        this.from = from;
        this.keys = keys;
        this.witnesses = witnesses;
        this.lookedAtAll = lookedAtAll;
    }

    /** Whoever hears which keys of a source are changed from now on. */
    static Witnesses listen(RedisStore from) {
        return Witnesses.post(List.of(from), new ChangedKeys());
    }

    /** Goes on from a copy, since the beginning of which it was told what was changed. */
    static Passes after(RedisStore from, RedisStore to, RedisCompare compare, Witnesses witnesses) {
        KeyBringer keys = KeyBringer.of(from, to, compare, ChangeWriter.takeOver(to));
        return new Passes(from, keys, witnesses, /* lookedAtAll= */ true);
    }

    /** Goes on where nobody has listened, in the place of whoever brought the changes before. */
    static Passes resume(RedisStore from, RedisStore to, RedisCompare compare) {
        return resume(from, to, compare, ChangeWriter.takeOver(to));
    }

    /** The same by a writer that has taken the target. */
    static Passes resume(RedisStore from, RedisStore to, RedisCompare compare, ChangeWriter writer) {
        KeyBringer keys = KeyBringer.of(from, to, compare, writer);
        return new Passes(from, keys, listen(from), /* lookedAtAll= */ false);
    }

    @Override
    public String owner() {
        return keys.owner();
    }

    @Override
    public Optional<String> trouble() {
        return lookedAtAll ? Optional.empty() : Optional.of("all keys of both sides are looked at first");
    }

    @Override
    public boolean step() throws IOException {
        try {
            Brought brought = pass();
            keys.note(StreamState.seen(brought.bytes()));
            lookedAtAll = true;
            pause();
            return true;
        } catch (Overtaken e) {
            return false;
        } catch (Unbrought e) {
            if (e.isPassing()) {
                throw new IOException(e.getMessage(), e);
            }
            throw new FollowFailed(
                    "bring changes of " + from.url() + " to its target",
                    String.valueOf(e.getMessage()),
                    "see to that, and run the same again, or copy without --follow while nothing writes",
                    e);
        } catch (StoreUnreachable e) {
            throw new IOException(RedisStore.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        }
    }

    private Brought pass() {
        witnesses.hearUntilNow();
        List<byte[]> names = witnesses.changed().take();
        Optional<String> whyAll = witnesses.changed().whyAll();
        if (lookedAtAll && whyAll.isEmpty()) {
            return keys.some(names);
        }
        if (whyAll.isPresent()) {
            witnesses.close();
            witnesses = listen(from);
        }
        return keys.all(Progress.SILENT);
    }

    private void pause() throws InterruptedException, IOException {
        Duration pause = witnesses.changed().whyAll().isPresent() ? BETWEEN_LOOKS_AT_ALL : BETWEEN;
        for (long left = pause.toMillis(); left > 0; left -= BETWEEN.toMillis()) {
            Thread.sleep(BETWEEN);
            if (closed) {
                throw new IOException("it was closed");
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        witnesses.close();
        keys.close();
    }
}
