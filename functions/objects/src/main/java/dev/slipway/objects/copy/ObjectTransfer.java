package dev.slipway.objects.copy;

import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Headers;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectChanged;
import dev.slipway.objects.place.ObjectReader;
import dev.slipway.objects.place.ReadRefused;
import dev.slipway.objects.session.Crc64;
import dev.slipway.objects.session.Wire;
import dev.slipway.objects.session.WireRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Brings one object to the target, as it is when it is read; one that is changed meanwhile is read again. */
final class ObjectTransfer {
    private static final int TRIES = 5;
    /** What all objects under way that are sent in one request may hold in memory together, in kilobytes. */
    private static final int MEMORY = 64 << 10;

    private final ObjectReader source;
    private final Bucket target;
    private final ObjectPut put;
    private final PartedUpload parted;
    private final SameObject same;
    private final ReadLimit limit;
    private final int partBytes;
    private final boolean fenced;
    private final Semaphore memory = new Semaphore(MEMORY);

    ObjectTransfer(
            ObjectReader source,
            Bucket target,
            TargetTerms terms,
            ReadLimit limit,
            int partBytes,
            boolean fenced,
            OwnUploads uploads) {
        this.source = source;
        this.target = target;
        this.put = new ObjectPut(target, terms);
        this.parted = new PartedUpload(source, target, terms, limit, partBytes, uploads);
        this.same = new SameObject(source, target, limit);
        this.limit = limit;
        this.partBytes = partBytes;
        this.fenced = fenced;
    }

    /**
     * @return what arrived, or empty where the source's object is gone
     * @throws CopyFailed caused by {@link ObjectChanged} where it was changed each time that it was read
     */
    Optional<Noted> send(Item listed, Optional<Item> seen) throws IOException {
        return send(listed, seen, Optional.empty());
    }

    /** The same, where a second arrival would be another version. */
    Optional<Noted> sendWhile(Wire.Undone undone, Item listed, Optional<Item> seen) throws IOException {
        return send(listed, seen, Optional.of(undone));
    }

    private Optional<Noted> send(Item listed, Optional<Item> seen, Optional<Wire.Undone> undone) throws IOException {
        Optional<Item> item = Optional.of(listed);
        @Nullable ObjectChanged changed = null;
        for (int i = 0; i < TRIES && item.isPresent(); i++) {
            try {
                boolean arrived = i > 0 && undone.isPresent() && !undone.get().ask();
                return Optional.of(arrived ? arrivedUnheard(item.get()) : sendOnce(item.get(), seen, undone));
            } catch (ObjectChanged e) {
                if (fenced) {
                    throw new FenceBroken(
                            "copy " + listed.key() + " of " + source.name(),
                            "it was changed while it was read",
                            "stop what writes there and copy it again");
                }
                changed = e;
                item = source.find(listed.key());
            } catch (WireRefusal | ReadRefused | FileSystemException e) {
                throw e;
            } catch (IOException e) {
                // The source's answer broke off. Whoever answers for the target has tried again already. One that is
                // interrupted cannot read an answer, but could send what it has sent once more.
                if (i == TRIES - 1 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
        if (item.isPresent()) {
            throw new CopyFailed(
                    "copy " + listed.key() + " of " + source.name(),
                    "it was changed each of " + TRIES + " times that it was read",
                    "stop what writes to it, then copy again",
                    changed);
        }
        if (source.lists(listed.key())) {
            throw new CopyFailed(
                    "copy '" + listed.key() + "' of " + source.name(),
                    "the store lists it, but does not know it by the name that it lists",
                    "rename it there: its name may have control characters");
        }
        return Optional.empty();
    }

    private Noted sendOnce(Item item, Optional<Item> seen, Optional<Wire.Undone> undone) throws IOException {
        try {
            return item.size() <= partBytes ? sendWhole(item, seen, undone) : sendParts(item, seen);
        } catch (WireRefusal e) {
            if (e.status() != WireRefusal.PRECONDITION_FAILED) {
                throw e;
            }
            return arrivedUnheard(item);
        }
    }

    /** The answer to a request that did its work may have been lost. */
    private Noted arrivedUnheard(Item item) throws IOException {
        Optional<Item> there = target.find(item.key());
        Optional<String> checksum = there.isPresent() ? same.checksum(item, there.get()) : Optional.empty();
        if (checksum.isEmpty()) {
            throw new TargetNotEmpty(
                    "copy " + item.key() + " to " + target.name(),
                    "something else has written it there meanwhile",
                    "stop what writes there, then copy again");
        }
        return new Noted(item, checksum.get(), there.orElseThrow().tag());
    }

    private Noted sendWhole(Item item, Optional<Item> seen, Optional<Wire.Undone> undone) throws IOException {
        int kilobytes = Math.toIntExact(item.size() >> 10) + 1;
        memory.acquireUninterruptibly(Math.min(MEMORY, kilobytes));
        try (ObjectReader.Opened opened = source.open(item);
                InputStream in = limit.on(opened.content())) {
            byte[] content = in.readNBytes(Math.toIntExact(item.size()));
            if (content.length != item.size() || in.read() >= 0 || !isStill(item)) {
                throw new ObjectChanged(item);
            }
            String checksum = Crc64.of(content);
            Optional<String> tag = put.send(item.key(), content, opened.headers(), checksum, seen, undone);
            return tag.isPresent() ? new Noted(item, checksum, tag.get()) : arrivedUnheard(item);
        } finally {
            memory.release(Math.min(MEMORY, kilobytes));
        }
    }

    /** A store that was asked for one ETag has sent that object's bytes; a file may be changed while it is read. */
    private boolean isStill(Item item) throws IOException {
        return !item.tag().isEmpty() || source.isUnchanged(item);
    }

    private Noted sendParts(Item item, Optional<Item> seen) throws IOException {
        Headers headers = source.know(item).headers();
        PartedUpload.Arrived arrived = parted.send(item, headers, seen);
        return new Noted(item, arrived.checksum(), arrived.tag());
    }
}
