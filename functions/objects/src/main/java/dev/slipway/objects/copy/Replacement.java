package dev.slipway.objects.copy;

import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.manifest.UploadNotes;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectPlace;
import java.io.IOException;
import java.util.Optional;

/** Puts single objects of a source in the place of a target's, as a copy puts all of them. */
public final class Replacement {
    private final ObjectTransfer transfer;

    public Replacement(ObjectPlace source, Bucket target, StoreUrl targetUrl, int partBytes) {
        this.transfer = new ObjectTransfer(
                source,
                target,
                new TargetTerms(targetUrl),
                ReadLimit.of(0),
                partBytes,
                /* fenced= */ false,
                new OwnUploads(target, new UploadNotes(Optional.empty())));
    }

    /**
     * Replaces what was seen on the target, or nothing.
     *
     * @return whether the source still has the object
     * @throws dev.slipway.migration.exception.TargetNotEmpty if the target has another one by now
     */
    public boolean put(Item item, Optional<Item> seen) throws IOException {
        return transfer.send(item, seen).isPresent();
    }
}
