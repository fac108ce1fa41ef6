package dev.slipway.objects.manifest;

import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.Keyed;

/**
 * What a copy notes of an object.
 *
 * @param source as it was listed
 * @param checksum CRC64NVME of the content that is on the target; empty where it was listed and is not known to be there
 * @param targetTag the ETag, an opaque word, with which it is on the target
 */
public record Noted(Item source, String checksum, String targetTag) implements Keyed {
    @Override
    public String key() {
        return source.key();
    }

    public boolean hasArrived() {
        return !checksum.isEmpty();
    }
}
