package dev.slipway.objects.place;

import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** All that a store says of its objects in a list, which is more than a copy needs. */
public final class BucketDescription {
    private final Bucket bucket;

    public BucketDescription(Bucket bucket) {
        this.bucket = bucket;
    }

    /** @param seen hears of each object, in the order of keys */
    public void describe(Consumer<S3Object> seen) {
        String after = "";
        boolean more = true;
        while (more) {
            ListObjectsV2Response answer = page(after);
            answer.contents().forEach(seen);
            more = Boolean.TRUE.equals(answer.isTruncated()) && answer.hasContents();
            after = more ? answer.contents().getLast().key() : after;
        }
    }

    private ListObjectsV2Response page(String after) {
        try {
            return bucket.s3()
                    .listObjectsV2(request -> request.bucket(bucket.bucket())
                            .prefix(bucket.fullKey(""))
                            .startAfter(after.isEmpty() ? null : after)
                            .encodingType(EncodingType.URL));
        } catch (SdkException e) {
            throw Refusal.of("list the bucket " + bucket.name(), "s3:ListBucket", e);
        }
    }
}
