package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.StrictJson;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket of the target, made for this app: closed by a policy that denies the app's role to write. */
record BucketAccess(S3Client s3, String bucket, String appRole) implements TargetAccess {

    @Override
    public void close() {
        s3.putBucketPolicy(request -> request.bucket(bucket).policy(policy()));
    }

    @Override
    public void open() {
        s3.deleteBucketPolicy(request -> request.bucket(bucket));
    }

    private String policy() {
        Map<String, Object> statement = Map.of(
                "Sid",
                "SlipwayClosed",
                "Effect",
                "Deny",
                "Principal",
                Map.of("AWS", appRole),
                "Action",
                List.of("s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"),
                "Resource",
                "arn:aws:s3:::" + bucket + "/*");
        try {
            return StrictJson.mapper()
                    .writeValueAsString(Map.of("Version", "2012-10-17", "Statement", List.of(statement)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
