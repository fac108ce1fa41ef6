package dev.slipway.objects.place;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket's prefix. */
public final class Bucket implements ObjectPlace, KeyLevels, AutoCloseable {
    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    public Bucket(S3Client s3, StoreUrl url) {
        this.s3 = s3;
        this.bucket = url.host().isEmpty() ? String.valueOf(url.uri().getAuthority()) : url.host();
        this.prefix = url.path().isEmpty() || url.path().endsWith("/") ? url.path() : url.path() + "/";
    }

    public S3Client s3() {
        return s3;
    }

    public String bucket() {
        return bucket;
    }

    public String fullKey(String key) {
        return prefix + key;
    }

    @Override
    public String name() {
        return "s3://" + bucket + "/" + prefix;
    }

    @Override
    public Listing list(KeyRange range) {
        return new BucketListing(this, range);
    }

    @Override
    public List<KeyRange> cut(int wanted) {
        return new KeyCuts(this, wanted).ranges();
    }

    /** Begins after the key, or goes on with an answer that had a token and no key. */
    ListObjectsV2Response page(String after, @Nullable String token) {
        return ask(request ->
                request.continuationToken(token).startAfter(token != null || after.isEmpty() ? null : prefix + after));
    }

    @Override
    public KeyLevel level(String below) {
        ListObjectsV2Response answer =
                ask(request -> request.prefix(prefix + below).delimiter("/"));
        return new KeyLevel(
                answer.commonPrefixes().stream()
                        .map(folder -> folder.prefix().substring(prefix.length()))
                        .toList(),
                !Boolean.TRUE.equals(answer.isTruncated()));
    }

    @Override
    public Optional<String> firstAfter(String key) {
        return ask(request -> request.startAfter(prefix + key).maxKeys(1)).contents().stream()
                .map(object -> object.key().substring(prefix.length()))
                .findFirst();
    }

    private ListObjectsV2Response ask(Consumer<ListObjectsV2Request.Builder> question) {
        try {
            return s3.listObjectsV2(request -> {
                request.bucket(bucket).prefix(prefix).encodingType(EncodingType.URL);
                question.accept(request);
            });
        } catch (SdkException e) {
            throw unreachable("list", e);
        }
    }

    @Override
    public Opened open(Item item) throws IOException {
        try {
            ResponseInputStream<GetObjectResponse> object =
                    s3.getObject(request -> request.bucket(bucket).key(fullKey(item.key())));
            GetObjectResponse facts = object.response();
            return new Opened(
                    new Headers(
                            orUnknown(facts.contentType()),
                            standard(
                                    facts.cacheControl(),
                                    facts.contentDisposition(),
                                    facts.contentEncoding(),
                                    facts.contentLanguage()),
                            facts.metadata()),
                    object);
        } catch (SdkException e) {
            throw unreachable("read " + item.key() + " in", e);
        }
    }

    @Override
    public boolean isUnchanged(Item item) {
        return head(item.key())
                .map(facts -> item.stamp().equals(stamp(facts.eTag(), facts.lastModified())))
                .orElse(false);
    }

    /** The object's facts, or empty where there is none. */
    public Optional<HeadObjectResponse> head(String key) {
        try {
            return Optional.of(s3.headObject(request -> request.bucket(bucket).key(fullKey(key))));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw unreachable("read", e);
        }
    }

    /** One by one: the request that deletes many cannot name a key with a control character. */
    public void delete(String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(fullKey(key)));
    }

    /** What an interrupted copy left half sent costs money and is seen by nobody. */
    public void giveUpUnfinishedUploads() {
        List<MultipartUpload> uploads = s3.listMultipartUploads(
                        request -> request.bucket(bucket).prefix(prefix))
                .uploads();
        uploads.forEach(upload -> s3.abortMultipartUpload(
                request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
    }

    public static Headers headers(HeadObjectResponse facts) {
        return new Headers(
                orUnknown(facts.contentType()),
                standard(
                        facts.cacheControl(),
                        facts.contentDisposition(),
                        facts.contentEncoding(),
                        facts.contentLanguage()),
                facts.metadata());
    }

    public StoreUnreachable unreachable(String verb, SdkException e) {
        String reason = e instanceof S3Exception answered && answered.awsErrorDetails() != null
                ? answered.statusCode() + " " + answered.awsErrorDetails().errorCode()
                : String.valueOf(e.getMessage());
        return new StoreUnreachable(
                verb + " the bucket " + name(),
                "it answered " + reason,
                "check the bucket's name, the endpoint and the rights of these credentials",
                e);
    }

    @Override
    public void close() {
        s3.close();
    }

    Item item(S3Object object) {
        return new Item(
                object.key().substring(prefix.length()),
                object.size(),
                stamp(object.eTag(), object.lastModified()),
                Objects.requireNonNullElse(object.eTag(), ""));
    }

    private static String stamp(@Nullable String tag, java.time.@Nullable Instant time) {
        return tag + " " + (time == null ? "" : time.getEpochSecond());
    }

    private static String orUnknown(@Nullable String contentType) {
        return contentType == null ? ContentTypes.UNKNOWN : contentType;
    }

    private static Map<String, String> standard(
            @Nullable String cache,
            @Nullable String disposition,
            @Nullable String encoding,
            @Nullable String language) {
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, "cache-control", cache);
        put(headers, "content-disposition", disposition);
        put(headers, "content-encoding", withoutFraming(encoding));
        put(headers, "content-language", language);
        return headers;
    }

    /** The SDK's own framing of an upload, which S3 takes off and other stores keep. */
    private static @Nullable String withoutFraming(@Nullable String encoding) {
        return encoding == null ? null : encoding.replaceFirst("^aws-chunked,?\\s*", "");
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            headers.put(name, value);
        }
    }
}
