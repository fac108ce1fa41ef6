package dev.slipway.objects.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.manifest.Segment;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyMerge;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.place.ReadRefused;
import dev.slipway.objects.session.WireRefusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Brings the target to hold what a segment says the source has, and notes it when all of that is done.
 *
 * <pre>
 * source  target            noted before          what is done
 * yes     no                any                   send, where still nothing is
 * yes     as noted          as it is now          nothing
 * yes     as noted          another               send over it, where it is still the one
 * yes     another, or not   any                   nothing where it is the same; otherwise send over it, if it is ours by the
 *         noted                                   fence or the segment was begun before
 * no      as noted          yes                   delete
 * no      another           any                   delete under a fence; otherwise it is not ours
 * </pre>
 */
final class SegmentCopy {
    private static final String AGAIN = ", then copy again: it goes on, and what was copied stays until then";
    private static final int SERVERS_FAULT = 500;

    private final Bucket target;
    private final ObjectTransfer transfer;
    private final SameObject same;
    private final CopyCounts counts;
    private final boolean ours;
    private final Segment segment;
    private final Consumer<Segment> whenDone;
    private final List<Noted> done = new ArrayList<>();
    private final AtomicInteger left = new AtomicInteger(1);

    /** @param ours whether all of the target is this copy's to change */
    SegmentCopy(
            Bucket target,
            ObjectTransfer transfer,
            SameObject same,
            CopyCounts counts,
            boolean ours,
            Segment segment,
            Consumer<Segment> whenDone) {
        this.target = target;
        this.transfer = transfer;
        this.same = same;
        this.counts = counts;
        this.ours = ours;
        this.segment = segment;
        this.whenDone = whenDone;
    }

    /**
     * Returns when the last of it has begun.
     *
     * @param before what was noted by the pass before
     */
    void run(List<Noted> before, BoundedTasks tasks) {
        try (Listing there = target.list(segment.keys(), segment.objects().size())) {
            new KeyMerge<>(segment.objects().iterator(), there, before.iterator()).forEachRemaining(row -> {
                left.incrementAndGet();
                tasks.run(() -> attempt(row));
            });
        }
        end();
    }

    private void end() {
        if (left.decrementAndGet() == 0) {
            whenDone.accept(new Segment(segment.number(), segment.keys(), segment.ends(), inOrder()));
        }
    }

    private synchronized List<Noted> inOrder() {
        return done.stream()
                .sorted(Comparator.comparing(Noted::key, dev.slipway.objects.place.KeyOrder.INSTANCE))
                .toList();
    }

    private synchronized void note(Noted noted) {
        done.add(noted);
    }

    private void attempt(KeyMerge.Row<Noted, Item, Noted> row) {
        try {
            if (row.first().isPresent()) {
                bring(row.first().get().source(), row.second(), row.third());
            } else if (row.second().isPresent()) {
                remove(row.second().get(), row.third());
            }
            end();
        } catch (WireRefusal e) {
            throw refused(row.key(), e);
        } catch (ReadRefused e) {
            throw e.inWords(AGAIN);
        } catch (AccessDeniedException e) {
            throw failed(row.key(), "this user may not read it", "let this user read it" + AGAIN, e);
        } catch (IOException e) {
            throw failed(
                    row.key(),
                    "it could not be read or written (" + e.getMessage() + ")",
                    "check that both sides answer" + AGAIN,
                    e);
        }
    }

    private CopyFailed refused(String key, WireRefusal e) {
        String remedy = switch (e.status()) {
            case 403 -> "grant these credentials s3:PutObject there, with tags s3:PutObjectTagging";
            case 400 -> "see what of the object, or of the target's URL, it does not take";
            default ->
                e.status() >= SERVERS_FAULT
                        ? "look at that store's log and its disk"
                        : "check the bucket and its policy";
        };
        return new CopyFailed(
                "copy '" + key + "' to " + target.name(), String.valueOf(e.getMessage()), remedy + AGAIN, e);
    }

    private StoreUnreachable failed(String key, String why, String remedy, IOException e) {
        return new StoreUnreachable("copy '" + key + "' to " + target.name(), why, remedy, e);
    }

    private void bring(Item item, Optional<Item> there, Optional<Noted> before) throws IOException {
        Optional<Noted> arrived = arrived(item, there, before);
        if (arrived.isEmpty()) {
            arrived = transfer.send(item, there);
            arrived.ifPresent(noted -> counts.sent(noted.source().size()));
        }
        if (arrived.isPresent()) {
            note(arrived.get());
        } else if (there.isPresent() && mayChange(there.get(), before)) {
            delete(there.get());
        }
        counts.saw(1, item.size());
    }

    /** What tells that the object is on the target already; empty where it is to be sent. */
    private Optional<Noted> arrived(Item item, Optional<Item> there, Optional<Noted> before) throws IOException {
        if (there.isEmpty()) {
            return Optional.empty();
        }
        if (isAsNoted(there.get(), before)) {
            return before.filter(noted -> noted.source().equals(item));
        }
        Optional<Noted> equal = same.checksum(item, there.get())
                .map(checksum -> new Noted(item, checksum, there.get().tag()));
        if (equal.isEmpty() && !ours) {
            throw foreign(there.get());
        }
        return equal;
    }

    private void remove(Item there, Optional<Noted> before) throws IOException {
        if (!mayChange(there, before)) {
            throw foreign(there);
        }
        delete(there);
    }

    private void delete(Item there) throws IOException {
        target.delete(there.key());
        counts.removed();
    }

    private boolean mayChange(Item there, Optional<Noted> before) {
        return ours || isAsNoted(there, before);
    }

    static boolean isAsNoted(Item there, Optional<Noted> before) {
        return before.filter(noted ->
                        noted.targetTag().equals(there.tag()) && noted.source().size() == there.size())
                .isPresent();
    }

    private TargetNotEmpty foreign(Item there) {
        return foreign(target, there.key());
    }

    static TargetNotEmpty foreign(Bucket target, String key) {
        return new TargetNotEmpty(
                "copy to " + target.name(),
                "the target is not empty: '" + key
                        + "' is there, is not what the source has, and no copy of ours put it there",
                "name an empty prefix, or remove what is there");
    }
}
