package dev.slipway.objects.snapshot;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.place.ObjectPlace;
import dev.slipway.objects.place.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes all objects into tar archives (with pax headers, so that names are whole). A part is as large as its artifact's bound unless
 * one object alone is larger. The app may still be writing: a file that is gone meanwhile is left out, and one that shrinks while it is
 * read ends the snapshot.
 */
public final class ObjectsSnapshot {
    public static final String FORMAT = "tar";
    public static final long PART = 64L << 20;
    /** The pax header with the key of an object whose name in the archive is another. */
    public static final String KEY = "SLIPWAY.key";

    private static final String CONTENT = ".slipway-content";

    private final ObjectPlace source;
    private final Artifacts artifacts;
    private final Progress progress;
    private final long partBytes;
    private final Listing left;
    private @Nullable Item next;
    private long items;
    private long bytes;

    public ObjectsSnapshot(ObjectPlace source, Artifacts artifacts, long partBytes, Progress progress) {
        this.source = source;
        this.artifacts = artifacts;
        this.progress = progress;
        this.partBytes = partBytes;
        this.left = source.list(KeyRange.ALL);
        advance();
    }

    public SnapshotManifest snapshot(String prefix) {
        try (left) {
            List<SnapshotManifest.Part> parts = new ArrayList<>();
            do {
                parts.add(writePart("%s/part-%05d.tar".formatted(prefix, parts.size())));
            } while (next != null);
            return new SnapshotManifest(StoreKind.OBJECTS, FORMAT, items, parts);
        } catch (IOException e) {
            throw new StoreUnreachable(
                    "take a safety copy of " + source.name(),
                    "it or the artifacts failed (" + e.getMessage() + ")",
                    "try it again; stop what writes to a file that keeps changing",
                    e);
        }
    }

    private void advance() {
        next = left.hasNext() ? left.next() : null;
    }

    private SnapshotManifest.Part writePart(String key) throws IOException {
        MessageDigest sha256 = Sha256.digest();
        long[] size = new long[1];
        artifacts.write(key, out -> size[0] = fill(new DigestOutputStream(out, sha256)));
        return new SnapshotManifest.Part(key, size[0], HexFormat.of().formatHex(sha256.digest()));
    }

    private long fill(OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        boolean first = true;
        while (next != null && (first || tar.getBytesWritten() + next.size() < partBytes)) {
            add(tar, next);
            advance();
            first = false;
        }
        tar.finish();
        tar.flush();
        return tar.getBytesWritten();
    }

    private void add(TarArchiveOutputStream tar, Item item) throws IOException {
        try (ObjectReader.Opened opened = source.open(item)) {
            TarArchiveEntry entry = entry(item);
            tar.putArchiveEntry(entry);
            copy(opened.content(), tar, item);
            tar.closeArchiveEntry();
        } catch (java.nio.file.NoSuchFileException e) {
            return;
        }
        items++;
        bytes += item.size();
        progress.report(new Progress.Amount(source.name(), items, 0, bytes, 0));
    }

    /** In a tar a name with a slash at its end is a folder, which has no content. */
    private static TarArchiveEntry entry(Item item) {
        boolean named = item.size() == 0 || !item.key().endsWith("/");
        TarArchiveEntry entry =
                new TarArchiveEntry(named ? item.key() : item.key() + CONTENT, /* preserveAbsolutePath= */ true);
        if (!named) {
            entry.addPaxHeader(KEY, item.key());
        }
        entry.setSize(item.size());
        return entry;
    }

    /** No more than was announced, which the archive's header says already. */
    private static void copy(InputStream content, OutputStream out, Item item) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long missing = item.size();
        while (missing > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, missing));
            if (read < 0) {
                throw new IOException(item.key() + " became shorter while it was read");
            }
            out.write(buffer, 0, read);
            missing -= read;
        }
    }
}
