package dev.slipway.steps;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Buckets that a load balancer writes its access logs into. */
final class LogBuckets {
    /**
     * What Elastic Load Balancing writes begins so, a test file as soon as it is told of the bucket among it.
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html">its guide</a>
     */
    private static final String LOGS = "AWSLogs/";

    private static final Logger LOG = LoggerFactory.getLogger(LogBuckets.class);

    private final S3Client s3;

    LogBuckets(S3Client s3) {
        this.s3 = s3;
    }

    /** Removes the logs and then the bucket, which stays where it holds anything else. */
    void remove(String bucket) {
        try {
            s3.listObjectVersionsPaginator(request -> request.bucket(bucket).prefix(LOGS)).stream()
                    .map(page -> page.versions())
                    .filter(versions -> !versions.isEmpty())
                    .forEach(versions -> delete(bucket, versions));
            s3.deleteBucket(request -> request.bucket(bucket));
        } catch (NoSuchBucketException removedBefore) {
            LOG.debug("The bucket {} is gone already", bucket);
        } catch (S3Exception e) {
            LOG.warn("The bucket {} stays: {}", bucket, e.getMessage());
        }
    }

    private void delete(String bucket, List<ObjectVersion> versions) {
        List<ObjectIdentifier> objects = versions.stream()
                .map(version -> ObjectIdentifier.builder()
                        .key(version.key())
                        .versionId(version.versionId())
                        .build())
                .toList();
        s3.deleteObjects(request -> request.bucket(bucket).delete(all -> all.objects(objects)));
    }
}
