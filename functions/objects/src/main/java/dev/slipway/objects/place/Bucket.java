package dev.slipway.objects.place;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.session.Wire;
import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRefusal;
import dev.slipway.objects.session.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/** A bucket's prefix. */
public final class Bucket implements ObjectPlace, KeyLevels, AutoCloseable {
    /** Of a whole object; S3 keeps it where it was sent. */
    public static final String CHECKSUM = "x-amz-checksum-crc64nvme";

    /** What a range of keys may well have. */
    private static final int FEW = 250;

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final Wire wire;
    private final BucketPages pages;
    private final Tagging tagging;
    private volatile boolean tellsChecksums = true;

    public Bucket(S3Client s3, StoreUrl url) {
        this.s3 = s3;
        this.bucket = url.host().isEmpty() ? String.valueOf(url.uri().getAuthority()) : url.host();
        this.wire = new Wire(s3, bucket);
        this.tagging = new Tagging(wire);
        this.prefix = url.path().isEmpty() || url.path().endsWith("/") ? url.path() : url.path() + "/";
        this.pages = new BucketPages(wire, prefix);
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
        return new BucketListing(this, range, range.last().isPresent() ? FEW : BucketPages.MOST);
    }

    /** Where about so many keys are expected. */
    public Listing list(KeyRange range, int expected) {
        return new BucketListing(this, range, Math.min(expected + 1, BucketPages.MOST));
    }

    @Override
    public List<KeyRange> cut(int wanted) {
        return new KeyCuts(this, wanted).ranges();
    }

    BucketPages.Page page(String after, int most) {
        return ask("list", () -> pages.after(after, most));
    }

    /** Goes on with an answer that had a word for it and no key. */
    BucketPages.Page page(String rest) {
        return ask("list", () -> pages.goOn(rest));
    }

    @Override
    public KeyLevel level(String below) {
        BucketPages.Page level = ask("list", () -> pages.level(below));
        return new KeyLevel(
                level.folders(), level.items().stream().map(Item::key).toList(), level.last());
    }

    @Override
    public Optional<String> firstAfter(String key) {
        return page(key, 1).items().stream().map(Item::key).findFirst();
    }

    @Override
    public boolean lists(String key) {
        return ask("list", () -> pages.startingWith(key)).items().stream()
                .anyMatch(item -> item.key().equals(key));
    }

    /** A question to the store. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private <T> T ask(String verb, Question<T> question) {
        try {
            return question.ask();
        } catch (WireRefusal e) {
            throw unreachable(verb, e.answer(), e);
        } catch (BucketPages.NoListing e) {
            throw unreachable(verb, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unreachable(verb, "it did not answer (" + e.getMessage() + ")", e);
        }
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
    public Optional<Item> find(String key) {
        return ask("read", () -> head(key));
    }

    private Optional<Item> head(String key) throws IOException {
        try (WireAnswer answer = wire.send(WireRequest.head(fullKey(key), Map.of()))) {
            String tag = answer.header("etag").orElse("");
            long seconds = answer.header("last-modified").map(Bucket::seconds).orElse(0L);
            long size = answer.header("content-length").map(Long::parseLong).orElse(0L);
            return Optional.of(new Item(key, size, BucketPages.stamp(tag, seconds), tag));
        } catch (WireRefusal e) {
            if (e.status() == WireRefusal.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static long seconds(String time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(time).getLong(ChronoField.INSTANT_SECONDS);
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

    private Headers headers(Item item, WireAnswer answer) throws IOException {
        return Headers.ofAnswer(answer.headers()).withTags(tagging.of(fullKey(item.key()), answer));
    }

    /** Whether the store has said that it knows no tags. */
    public boolean knowsNoTags() {
        return tagging.isUnknownThere();
    }

    public Wire wire() {
        return wire;
    }

    /** One by one: the request that deletes many cannot name a key with a control character. */
    public void delete(String key) throws IOException {
        wire.send(WireRequest.delete(fullKey(key), Map.of())).close();
    }

    /** What an interrupted copy left half sent costs money and is seen by nobody. */
    public void giveUpUnfinishedUploads() {
        List<MultipartUpload> uploads = unfinishedUploads();
        uploads.forEach(upload -> s3.abortMultipartUpload(
                request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
    }

    /** rclone's server answers that there is no such upload where there is none. */
    private List<MultipartUpload> unfinishedUploads() {
        try {
            return s3.listMultipartUploads(request -> request.bucket(bucket).prefix(prefix))
                    .uploads();
        } catch (NoSuchUploadException e) {
            return List.of();
        }
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
}
