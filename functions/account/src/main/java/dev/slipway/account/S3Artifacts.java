package dev.slipway.account;

import dev.slipway.migration.Artifacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Artifacts in a bucket. A large one is sent in parts, of which one at a time is in memory. */
public final class S3Artifacts implements Artifacts {
    private final S3Client s3;
    private final String bucket;

    public S3Artifacts(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void write(String key, Content content) throws IOException {
        try (S3Upload upload = new S3Upload(s3, bucket, key)) {
            content.writeTo(upload);
            upload.complete();
        } catch (SdkException e) {
            throw new IOException("Tried to write " + location(key) + " but " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<InputStream> read(String key) throws IOException {
        try {
            return Optional.of(s3.getObject(request -> request.bucket(bucket).key(key)));
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new IOException("Tried to read " + location(key) + " but " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        try {
            return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                    .map(S3Object::key)
                    .sorted()
                    .toList();
        } catch (SdkException e) {
            throw new IOException("Tried to list " + location(prefix) + " but " + e.getMessage(), e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            s3.deleteObject(request -> request.bucket(bucket).key(key));
        } catch (SdkException e) {
            throw new IOException("Tried to delete " + location(key) + " but " + e.getMessage(), e);
        }
    }

    @Override
    public String location(String key) {
        return "s3://" + bucket + "/" + key;
    }

    /** Where other services of the account read it, by HTTPS and with rights of their own. */
    public String url(String key) {
        return s3.utilities().getUrl(request -> request.bucket(bucket).key(key)).toString();
    }
}
