package dev.slipway.objects.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes the client for a bucket's URL: {@code s3://bucket/prefix}, with {@code ?endpoint=} and {@code ?region=} where it is not AWS. */
public final class S3Clients {
    private S3Clients() {}

    /** @throws InvalidInput if neither the URL nor the environment names a region */
    public static S3Client of(StoreUrl url) {
        S3ClientBuilder builder = S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        url.parameter("region").ifPresent(region -> builder.region(Region.of(region)));
        credentials(url).ifPresent(builder::credentialsProvider);
        url.parameter("endpoint")
                // Many a store that speaks S3 refuses the checksums that the SDK adds on its own (aws-sdk-java-v2
                // #5801).
                .ifPresent(endpoint -> builder.endpointOverride(URI.create(endpoint))
                        .forcePathStyle(true)
                        .serviceConfiguration(S3Configuration.builder()
                                .chunkedEncodingEnabled(false)
                                .build())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED));
        try {
            return builder.build();
        } catch (SdkClientException e) {
            throw new InvalidInput(
                    "open " + url,
                    url.parameter("region").isEmpty() ? "no region is known" : String.valueOf(e.getMessage()),
                    "name the bucket's region: ?region=",
                    e);
        }
    }

    private static Optional<StaticCredentialsProvider> credentials(StoreUrl url) {
        return url.user()
                .flatMap(user -> url.password()
                        .map(password -> StaticCredentialsProvider.create(AwsBasicCredentials.create(user, password))));
    }
}
