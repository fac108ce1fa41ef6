package dev.slipway.objects.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Headers;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.place.ObjectPlace;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Makes a bucket's prefix hold exactly the source's objects. An object that is there already with the same content is not sent again. */
public final class ObjectsCopy {
    /** Larger objects are sent in parts of this many bytes. */
    public static final int PART = 8 << 20;

    private static final int AT_ONCE = 16;

    private final ObjectPlace source;
    private final Bucket target;
    private final ObjectUpload upload;
    private final Progress progress;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong bytesSeen = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong removed = new AtomicLong();

    public ObjectsCopy(ObjectPlace source, Bucket target, int partBytes, Progress progress) {
        this.source = source;
        this.target = target;
        this.upload = new ObjectUpload(source, target, partBytes);
        this.progress = progress;
    }

    public CopyOutcome copy() {
        SortedMap<String, Item> wanted = all(source);
        SortedMap<String, Item> found = all(target);
        Totals totals = new Totals(
                wanted.size(), wanted.values().stream().mapToLong(Item::size).sum());
        try (BoundedTasks tasks = new BoundedTasks("objects-copy", AT_ONCE)) {
            target.giveUpUnfinishedUploads();
            found.keySet().stream()
                    .filter(key -> !wanted.containsKey(key))
                    .forEach(key -> tasks.run(() -> remove(key)));
            wanted.values().forEach(item -> tasks.run(() -> copy(item, found.get(item.key()), totals)));
            tasks.await();
        } catch (SdkException e) {
            throw new CopyFailed(
                    "copy " + source.name() + " to " + target.name(),
                    "S3 answered '" + e.getMessage() + "'",
                    "check the rights of these credentials and the bucket's policy",
                    e);
        }
        return sent.get() + removed.get() == 0
                ? new CopyOutcome.Skipped("all " + seen.get() + " objects were on the target already")
                : new CopyOutcome.Copied(sent.get(), bytesSent.get());
    }

    /** How much there is to do. */
    private record Totals(long items, long bytes) {}

    private void remove(String key) {
        target.delete(key);
        removed.incrementAndGet();
    }

    private void copy(Item item, @Nullable Item found, Totals totals) {
        try {
            if (upload.isSmall(item)) {
                copySmall(item, found);
            } else {
                copyLarge(item, found);
            }
            progress.report(new Progress.Amount(
                    source.name(),
                    seen.incrementAndGet(),
                    totals.items(),
                    bytesSeen.addAndGet(item.size()),
                    totals.bytes()));
        } catch (IOException e) {
            throw new StoreUnreachable(
                    "copy " + item.key() + " of " + source.name(),
                    "it could not be read (" + e.getMessage() + ")",
                    "check that it is there and that this user may read it",
                    e);
        }
    }

    private void copySmall(Item item, @Nullable Item found) throws IOException {
        try (ObjectPlace.Opened opened = source.open(item)) {
            byte[] content = opened.content().readNBytes(Math.toIntExact(item.size()) + 1);
            if (content.length != item.size()) {
                throw upload.changed(item);
            }
            Headers headers = opened.headers().withDigest(Sha256.hex(content));
            if (!isThere(item, found, headers)) {
                requireUnchanged(item);
                upload.sendWhole(item, content, headers);
                countSent(item);
            }
        }
    }

    private void copyLarge(Item item, @Nullable Item found) throws IOException {
        Headers headers = digested(item);
        if (!isThere(item, found, headers)) {
            upload.sendParts(item, headers);
            requireUnchanged(item);
            countSent(item);
        }
    }

    /** Reads the object a first time, because its digest goes before its content. */
    private Headers digested(Item item) throws IOException {
        try (ObjectPlace.Opened opened = source.open(item)) {
            return opened.headers().withDigest(Sha256.hex(opened.content()));
        }
    }

    private boolean isThere(Item item, @Nullable Item found, Headers headers) {
        if (found == null || found.size() != item.size()) {
            return false;
        }
        Optional<HeadObjectResponse> facts = target.head(item.key());
        return facts.map(Bucket::headers).filter(headers::equals).isPresent();
    }

    private void requireUnchanged(Item item) throws IOException {
        if (!source.isUnchanged(item)) {
            throw upload.changed(item);
        }
    }

    private void countSent(Item item) {
        sent.incrementAndGet();
        bytesSent.addAndGet(item.size());
    }

    private static SortedMap<String, Item> all(ObjectPlace place) {
        SortedMap<String, Item> items = new TreeMap<>();
        try (Listing listing = place.list(KeyRange.ALL)) {
            listing.forEachRemaining(item -> items.put(item.key(), item));
        }
        return items;
    }
}
