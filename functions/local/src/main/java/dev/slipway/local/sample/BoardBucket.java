package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where SmartBoard keeps its datasets: with a login a MinIO, of which the address counts; without one S3, where the task's role signs and
 * the SDK knows the address.
 */
record BoardBucket(String name, URI endpoint, Optional<AwsBasicCredentials> login) {

    static Optional<BoardBucket> from(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("MINIO_BUCKET_DATASETS"))
                .map(name -> new BoardBucket(name, endpoint(environment), login(environment)));
    }

    private static URI endpoint(Map<String, String> environment) {
        String scheme = Boolean.parseBoolean(environment.get("MINIO_USE_SSL")) ? "https" : "http";
        return URI.create(scheme + "://" + BoardSettings.required(environment, "MINIO_ENDPOINT") + ":"
                + BoardSettings.number(environment, "MINIO_PORT", "443"));
    }

    private static Optional<AwsBasicCredentials> login(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("MINIO_ACCESS_KEY"))
                .filter(key -> !key.isEmpty())
                .map(key -> AwsBasicCredentials.create(key, BoardSettings.required(environment, "MINIO_SECRET_KEY")));
    }

    BucketMedia open() {
        return new BucketMedia(name, login.map(key -> minio(endpoint, key)).orElseGet(BucketMedia::ofRole));
    }

    /** A client of the S3 server that a URL with a login names. */
    static S3Client clientOf(StoreUrl url) {
        return minio(
                URI.create(url.parameter("endpoint").orElseThrow()),
                AwsBasicCredentials.create(
                        url.user().orElseThrow(), url.password().orElseThrow()));
    }

    /** A client of a MinIO, whose region is by default that of the oldest S3. */
    private static S3Client minio(URI endpoint, AwsBasicCredentials login) {
        return S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .forcePathStyle(true)
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(login))
                .build();
    }
}
