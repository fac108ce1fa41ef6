package dev.slipway.objects.copy;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.manifest.Claim;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.manifest.UploadNotes;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectPlace;
import java.io.IOException;
import java.util.Optional;

/** Puts single objects of a source in the place of a target's, as a copy puts all of them. */
public final class Replacement {
    private final Bucket target;
    private final ObjectTransfer transfer;
    private final Optional<Claim> claim;

    private Replacement(Bucket target, ObjectTransfer transfer, Optional<Claim> claim) {
        this.target = target;
        this.transfer = transfer;
        this.claim = claim;
    }

    /**
     * Claims the notes, so that a copy of the same two places ends, and gives up the uploads that earlier calls have begun and not ended.
     *
     * @param notes of those copies; without any nothing is known of earlier calls, and later ones know nothing of this one
     */
    public static Replacement begin(
            ObjectPlace source, Bucket target, StoreUrl targetUrl, int partBytes, Optional<CopyNotes> notes) {
        return begin("repair " + target.name(), source, target, targetUrl, partBytes, notes, ReadLimit.of(0));
    }

    /** @param what is tried, for messages */
    public static Replacement begin(
            String what,
            ObjectPlace source,
            Bucket target,
            StoreUrl targetUrl,
            int partBytes,
            Optional<CopyNotes> notes,
            ReadLimit limit) {
        return FailedCopy.told(what, () -> {
            Optional<Claim> claim = notes.map(kept -> Claim.take(kept, Optional.empty(), what));
            OwnUploads uploads = new OwnUploads(target, new UploadNotes(notes));
            uploads.takeStock();
            TargetTerms terms = new TargetTerms(targetUrl);
            return new Replacement(
                    target,
                    new ObjectTransfer(source, target, terms, limit, partBytes, /* fenced= */ false, uploads),
                    claim);
        });
    }

    /**
     * Replaces what was seen on the target, or nothing.
     *
     * @return whether the source still has the object
     * @throws dev.slipway.migration.exception.TargetNotEmpty if the target has another one by now
     * @throws dev.slipway.migration.exception.StaleAttempt if another call has claimed the notes since
     */
    public boolean put(Item item, Optional<Item> seen) throws IOException {
        return bring(item, seen).isPresent();
    }

    /**
     * The same, and tells what arrived; empty where the source does not have the object any more.
     *
     * @throws dev.slipway.migration.exception.TargetNotEmpty if the target has another one by now
     * @throws dev.slipway.migration.exception.StaleAttempt if another call has claimed the notes since
     */
    public Optional<Noted> bring(Item item, Optional<Item> seen) throws IOException {
        claim.ifPresent(Claim::require);
        return transfer.send(item, seen);
    }

    /** @throws dev.slipway.migration.exception.StaleAttempt if another call has claimed the notes since */
    public void delete(String key) throws IOException {
        claim.ifPresent(Claim::require);
        target.delete(key);
    }
}
