package dev.slipway.objects.place;

import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRefusal;
import dev.slipway.objects.session.WireRequest;
import dev.slipway.objects.session.WireXml;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An object's tags, asked for only where there may be some: a store that counts them with the object's other headers is not asked for
 * those of an object without. Whether a store counts is known of some by name, of others once it has counted.
 */
final class Tagging {
    private static final String COUNT = "x-amz-tagging-count";
    private static final Set<String> COUNTING = Set.of("AmazonS3", "MinIO", "VERSITYGW");

    private final Bucket bucket;
    private volatile boolean counts;
    private volatile boolean none;

    Tagging(Bucket bucket) {
        this.bucket = bucket;
    }

    static String header(Map<String, String> tags) {
        return tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag -> encoded(tag.getKey()) + "=" + encoded(tag.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Whether the store has said that it knows no tags. */
    boolean isUnknownThere() {
        return none;
    }

    Map<String, String> of(String key, Optional<String> version, WireAnswer answer) throws IOException {
        boolean counted = answer.header(COUNT).isPresent();
        if (counted || answer.header("server").filter(COUNTING::contains).isPresent()) {
            counts = true;
        }
        return none || (counts && !counted) ? Map.of() : ask(key, version);
    }

    private Map<String, String> ask(String key, Optional<String> version) throws IOException {
        Map<String, String> query = new HashMap<>(Map.of("tagging", ""));
        version.ifPresent(id -> query.put("versionId", id));
        try (WireAnswer answer = bucket.wire().send(WireRequest.get(bucket.fullKey(key), query, Map.of()))) {
            WireXml tagging = WireXml.of(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
            return tagging.first("TagSet").map(set -> set.all("Tag")).orElse(List.of()).stream()
                    .collect(Collectors.toMap(tag -> tag.text("Key"), tag -> tag.text("Value")));
        } catch (WireRefusal e) {
            if (!e.isUnknownThere()) {
                throw new ReadRefused(bucket, key, "s3:GetObjectTagging", e);
            }
            none = true;
            return Map.of();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
