package dev.slipway.local.sample;

import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Media files in a bucket, each under its own name as key. */
final class BucketMedia implements SampleMedia {
    private final String bucket;
    private final S3Client s3;

    BucketMedia(String bucket, S3Client s3) {
        this.bucket = bucket;
        this.s3 = s3;
    }

    /** A client that the task's role signs for. An endpoint may be an address rather than a name, and then a bucket can not be part of it. */
    static S3Client ofRole() {
        return S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .forcePathStyle(true)
                .build();
    }

    @Override
    public void check() {
        s3.headBucket(request -> request.bucket(bucket));
    }

    @Override
    public Optional<byte[]> read(String name) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(name))
                            .asByteArray());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String name, byte[] content) {
        s3.putObject(request -> request.bucket(bucket).key(name), RequestBody.fromBytes(content));
    }
}
