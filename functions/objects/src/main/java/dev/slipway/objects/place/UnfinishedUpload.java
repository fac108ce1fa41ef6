package dev.slipway.objects.place;

import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRequest;
import dev.slipway.objects.session.WireXml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A multipart upload that has begun and not ended.
 *
 * @param key of the object in its bucket
 */
public record UnfinishedUpload(String key, String id) {

    /** Of the keys that start with the bucket's prefix and this; empty where the store or these credentials cannot tell. */
    public static List<UnfinishedUpload> below(Bucket bucket, String head) {
        try {
            List<UnfinishedUpload> all = new ArrayList<>();
            Map<String, String> from = Map.of();
            do {
                from = page(bucket, head, from, all);
            } while (!from.isEmpty());
            return List.copyOf(all);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Where the next page begins; empty where there is none. */
    private static Map<String, String> page(
            Bucket bucket, String head, Map<String, String> from, List<UnfinishedUpload> all) throws IOException {
        Map<String, String> query = new TreeMap<>(from);
        query.putAll(Map.of("uploads", "", "prefix", bucket.fullKey(head), "encoding-type", "url"));
        try (WireAnswer answer = bucket.wire().send(WireRequest.of("GET", query))) {
            WireXml list = WireXml.of(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
            ListedKeys keys = ListedKeys.of(list);
            List<UnfinishedUpload> found = list.all("Upload").stream()
                    .map(upload -> new UnfinishedUpload(keys.key(upload.text("Key")), upload.text("UploadId")))
                    .toList();
            all.addAll(found);
            return list.text("IsTruncated").equals("true") && !found.isEmpty() ? next(list, keys) : Map.of();
        }
    }

    private static Map<String, String> next(WireXml list, ListedKeys keys) {
        Map<String, String> next = new TreeMap<>();
        next.put("key-marker", keys.key(list.text("NextKeyMarker")));
        next.put("upload-id-marker", list.text("NextUploadIdMarker"));
        next.values().removeIf(String::isEmpty);
        return next;
    }
}
