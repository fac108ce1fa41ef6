package dev.slipway.objects.place;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.session.Wire;
import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRefusal;
import dev.slipway.objects.session.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket's prefix. */
public final class Bucket implements ObjectPlace, KeyLevels, AutoCloseable {
    /** Of a whole object; S3 keeps it where it was sent. */
    public static final String CHECKSUM = "x-amz-checksum-crc64nvme";

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final Wire wire;
    private final Tagging tagging;
    private volatile boolean tellsChecksums = true;

    public Bucket(S3Client s3, StoreUrl url) {
        this.s3 = s3;
        this.bucket = url.host().isEmpty() ? String.valueOf(url.uri().getAuthority()) : url.host();
        this.wire = new Wire(s3, bucket);
        this.tagging = new Tagging(s3, bucket);
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
                answer.contents().stream()
                        .map(object -> object.key().substring(prefix.length()))
                        .toList(),
                !Boolean.TRUE.equals(answer.isTruncated()));
    }

    @Override
    public Optional<String> firstAfter(String key) {
        return ask(request -> request.startAfter(prefix + key).maxKeys(1)).contents().stream()
                .map(object -> object.key().substring(prefix.length()))
                .findFirst();
    }

    @Override
    public boolean lists(String key) {
        return ask(request -> request.prefix(prefix + key).maxKeys(1)).contents().stream()
                .anyMatch(object -> object.key().equals(prefix + key));
    }

    private ListObjectsV2Response ask(Consumer<ListObjectsV2Request.Builder> question) {
        ListObjectsV2Response answer;
        try {
            answer = s3.listObjectsV2(request -> {
                request.bucket(bucket).prefix(prefix).encodingType(EncodingType.URL);
                question.accept(request);
            });
        } catch (SdkException e) {
            throw unreachable("list", e);
        }
        // The SDK takes any page of the web for a list without objects. A list of S3 always says whether it goes on.
        if (answer.isTruncated() == null) {
            throw unreachable("list", "it answered not as S3 does, but with something else", null);
        }
        return answer;
    }

    @Override
    public Opened open(Item item) throws IOException {
        WireAnswer answer = get(item, Map.of());
        return new Opened(headers(item, answer), answer.body());
    }

    @Override
    public InputStream open(Item item, long from, long bytes) throws IOException {
        return get(item, Map.of("range", "bytes=" + from + "-" + (from + bytes - 1)))
                .body();
    }

    @Override
    public Known know(Item item) throws IOException {
        boolean asked = tellsChecksums;
        Map<String, String> wish = asked ? Map.of("x-amz-checksum-mode", "ENABLED") : Map.of();
        try (WireAnswer answer = wire.send(WireRequest.head(fullKey(item.key()), unchanged(item, wish)))) {
            Optional<String> checksum = answer.header("x-amz-checksum-type")
                    .filter("FULL_OBJECT"::equals)
                    .flatMap(whole -> answer.header(CHECKSUM));
            return new Known(headers(item, answer), checksum);
        } catch (WireRefusal e) {
            if (asked && e.isUnknownThere()) {
                tellsChecksums = false;
                return know(item);
            }
            throw isAnother(e) ? (IOException) new ObjectChanged(item).initCause(e) : e;
        }
    }

    @Override
    public Optional<Item> find(String key) throws IOException {
        return head(key)
                .map(facts -> new Item(
                        key,
                        facts.contentLength(),
                        stamp(facts.eTag(), facts.lastModified()),
                        Objects.requireNonNullElse(facts.eTag(), "")));
    }

    private WireAnswer get(Item item, Map<String, String> headers) throws IOException {
        try {
            return wire.send(WireRequest.get(fullKey(item.key()), unchanged(item, headers)));
        } catch (WireRefusal e) {
            throw isAnother(e) ? (IOException) new ObjectChanged(item).initCause(e) : e;
        }
    }

    private static boolean isAnother(WireRefusal refusal) {
        return refusal.status() == WireRefusal.PRECONDITION_FAILED || refusal.status() == WireRefusal.NOT_FOUND;
    }

    private static Map<String, String> unchanged(Item item, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        if (!item.tag().isEmpty()) {
            all.put("if-match", item.tag());
        }
        return all;
    }

    private Headers headers(Item item, WireAnswer answer) {
        return Headers.ofAnswer(answer.headers()).withTags(tagging.of(fullKey(item.key()), answer));
    }

    /** Whether the store has said that it knows no tags. */
    public boolean knowsNoTags() {
        return tagging.isUnknownThere();
    }

    public Wire wire() {
        return wire;
    }

    private Optional<HeadObjectResponse> head(String key) {
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

    public StoreUnreachable unreachable(String verb, SdkException e) {
        return unreachable(
                verb,
                e instanceof S3Exception answered ? answer(answered) : "it did not answer (" + e.getMessage() + ")",
                e);
    }

    private static String answer(S3Exception e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return "it answered " + e.statusCode() + (code == null ? ", not as S3 does" : " " + code);
    }

    private StoreUnreachable unreachable(String verb, String failed, @Nullable Throwable cause) {
        return new StoreUnreachable(
                verb + " the bucket " + name(),
                failed,
                "check the bucket's name, the endpoint and the rights of these credentials",
                cause);
    }

    @Override
    public void close() {
        wire.close();
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
}
