package dev.slipway.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.paginators.ListObjectVersionsIterable;

/** Buckets with keys in them; one that is not empty cannot be deleted. */
final class FakeBuckets implements S3Client {
    private final Map<String, List<String>> keys = new TreeMap<>();

    FakeBuckets hold(String bucket, String... objects) {
        keys.put(bucket, new ArrayList<>(List.of(objects)));
        return this;
    }

    Map<String, List<String>> keys() {
        return Map.copyOf(keys);
    }

    @Override
    public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
        return ListObjectVersionsResponse.builder()
                .isTruncated(false)
                .versions(in(request.bucket()).stream()
                        .filter(key -> key.startsWith(request.prefix()))
                        .map(key -> ObjectVersion.builder()
                                .key(key)
                                .versionId("null")
                                .build())
                        .toList())
                .build();
    }

    @Override
    public ListObjectVersionsIterable listObjectVersionsPaginator(ListObjectVersionsRequest request) {
        return new ListObjectVersionsIterable(this, request);
    }

    @Override
    public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
        in(request.bucket())
                .removeAll(request.delete().objects().stream()
                        .map(ObjectIdentifier::key)
                        .toList());
        return DeleteObjectsResponse.builder().build();
    }

    @Override
    public DeleteBucketResponse deleteBucket(DeleteBucketRequest request) {
        if (!in(request.bucket()).isEmpty()) {
            throw S3Exception.builder()
                    .message("The bucket you tried to delete is not empty")
                    .build();
        }
        keys.remove(request.bucket());
        return DeleteBucketResponse.builder().build();
    }

    private List<String> in(String bucket) {
        if (!keys.containsKey(bucket)) {
            throw NoSuchBucketException.builder().message("none").build();
        }
        return keys.getOrDefault(bucket, List.of());
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
