package dev.slipway.redis.snapshot;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Refused;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Writes every key into parts that can be restored without Slipway. A part begins with {@link #HEADER}; then, for each key: the
 * database (4 bytes), the expiry in milliseconds since 1970 or -1 (8), the key's length (4) and bytes, the length (4) and bytes of
 * what DUMP gave. Numbers are big-endian. {@code RESTORE key expiry-or-0 payload [ABSTTL]} puts one back.
 */
public final class RedisSnapshot {
    public static final String FORMAT = "slipway-redis 1: DUMP payloads";
    public static final byte[] HEADER = "slipway-redis 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final long PART = 64L << 20;

    private final long partBytes;

    public RedisSnapshot() {
        this(PART);
    }

    public RedisSnapshot(long partBytes) {
        this.partBytes = partBytes;
    }

    public SnapshotManifest snapshot(StoreUrl url, Artifacts artifacts, String prefix, Progress progress) {
        try (RedisStore store = RedisStore.open(url)) {
            return new Run(store, artifacts, progress).write(prefix);
        } catch (RedisCommandExecutionException e) {
            throw Refused.reading("take a safety copy of", url, e);
        } catch (IOException | UncheckedIOException e) {
            throw new StoreUnreachable(
                    "write the safety copy of the Redis at " + url.host(),
                    "the artifacts could not be written (" + e.getMessage() + ")",
                    "check that they can be reached and that there is room",
                    e);
        }
    }

    /** One snapshot under way. */
    private final class Run {
        private final Artifacts artifacts;
        private final Progress progress;
        private final Dumps dumps;
        private final long total;
        private long items;
        private long bytes;

        private Run(RedisStore store, Artifacts artifacts, Progress progress) {
            this.artifacts = artifacts;
            this.progress = progress;
            this.dumps = new Dumps(store);
            this.total = store.keysByDatabase().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }

        private SnapshotManifest write(String prefix) throws IOException {
            List<SnapshotManifest.Part> parts = new ArrayList<>();
            do {
                parts.add(writePart("%s/part-%05d".formatted(prefix, parts.size())));
            } while (dumps.hasNext());
            return new SnapshotManifest(StoreKind.REDIS, FORMAT, items, parts);
        }

        private SnapshotManifest.Part writePart(String key) throws IOException {
            MessageDigest sha256 = Sha256.digest();
            long[] size = new long[1];
            artifacts.write(key, out -> size[0] = fill(new DigestOutputStream(out, sha256)));
            return new SnapshotManifest.Part(key, size[0], HexFormat.of().formatHex(sha256.digest()));
        }

        private long fill(OutputStream digested) throws IOException {
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(digested, 1 << 16));
            out.write(HEADER);
            long written = HEADER.length;
            while (written < partBytes && dumps.hasNext()) {
                written += write(out, dumps.next());
            }
            out.flush();
            return written;
        }

        private long write(DataOutputStream out, Numbered numbered) throws IOException {
            Dump dump = numbered.dump();
            byte[] payload = dump.payload();
            out.writeInt(numbered.database());
            out.writeLong(dump.expiry().millis());
            out.writeInt(dump.key().length);
            out.write(dump.key());
            out.writeInt(payload.length);
            out.write(payload);
            items++;
            bytes += payload.length;
            progress.report(
                    new Progress.Amount("database " + numbered.database(), items, Math.max(items, total), bytes, 0));
            return 20L + dump.key().length + payload.length;
        }
    }

    /** A key's value with its database's number. */
    private record Numbered(int database, Dump dump) {}

    /** The values of all keys, each key once for each time that SCAN gives it; read a batch ahead. */
    private static final class Dumps implements Iterator<Numbered> {
        private final RedisStore store;
        private final Iterator<Integer> databases;
        private final Deque<Numbered> ready = new ArrayDeque<>();
        private Iterator<List<byte[]>> batches = List.<List<byte[]>>of().iterator();
        private int database;

        private Dumps(RedisStore store) {
            this.store = store;
            this.databases = DatabasePair.of(store).iterator();
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && (batches.hasNext() || databases.hasNext())) {
                if (batches.hasNext()) {
                    Dump.request(store, database, batches.next()).await().stream()
                            .filter(Dump::exists)
                            .forEach(dump -> ready.add(new Numbered(database, dump)));
                } else {
                    database = databases.next();
                    batches = KeyBatches.withValues(store, database);
                }
            }
            return !ready.isEmpty();
        }

        @Override
        public Numbered next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }
    }
}
