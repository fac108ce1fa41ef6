package dev.slipway.objects.manifest;

import java.util.List;

/**
 * A multipart upload that is under way.
 *
 * @param key of the object in its bucket
 * @param upload its id; empty where it is about to begin, and nobody knows whether it has
 * @param others the ids of the uploads that were there for this key before; somebody else's
 */
public record UploadNote(String key, String upload, List<String> others) {
    public UploadNote {
        others = List.copyOf(others);
    }

    public UploadNote as(String id) {
        return new UploadNote(key, id, others);
    }
}
