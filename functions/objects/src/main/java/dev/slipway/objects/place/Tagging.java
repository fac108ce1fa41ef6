package dev.slipway.objects.place;

import dev.slipway.objects.session.WireAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * An object's tags, asked for only where there may be some: a store that counts them with the object's other headers is not asked for
 * those of an object without. Whether a store counts is known of some by name, of others once it has counted.
 */
final class Tagging {
    private static final String COUNT = "x-amz-tagging-count";
    private static final Set<String> COUNTING = Set.of("AmazonS3", "MinIO", "VERSITYGW");
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Client s3;
    private final String bucket;
    private volatile boolean counts;
    private volatile boolean none;

    Tagging(S3Client s3, String bucket) {
        this.s3 = s3;
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

    Map<String, String> of(String key, WireAnswer answer) {
        boolean counted = answer.header(COUNT).isPresent();
        if (counted || answer.header("server").filter(COUNTING::contains).isPresent()) {
            counts = true;
        }
        return none || (counts && !counted) ? Map.of() : ask(key);
    }

    private Map<String, String> ask(String key) {
        try {
            return s3.getObjectTagging(request -> request.bucket(bucket).key(key)).tagSet().stream()
                    .collect(Collectors.toMap(Tag::key, Tag::value));
        } catch (S3Exception e) {
            if (e.statusCode() != NOT_IMPLEMENTED
                    && !"NotImplemented".equals(e.awsErrorDetails().errorCode())) {
                throw e;
            }
            none = true;
            return Map.of();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
