package dev.slipway.objects.place;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.session.Asked;
import dev.slipway.objects.session.UrlTerms;
import dev.slipway.objects.session.Wire;
import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRefusal;
import dev.slipway.objects.session.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket's prefix. */
public final class Bucket implements ObjectPlace, KeyLevels, AutoCloseable {
    /** Of a whole object; S3 keeps it where it was sent. */
    public static final String CHECKSUM = "x-amz-checksum-crc64nvme";

    private static final Duration TO_ANSWER = Duration.ofSeconds(20);

    /** What a range of keys may well have. */
    private static final int FEW = 250;

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final Wire wire;
    private final BucketPages pages;
    private final ObjectRequests requests;

    public Bucket(S3Client s3, StoreUrl url) {
        this.s3 = s3;
        this.bucket = UrlTerms.bucket(url);
        this.wire = new Wire(s3, bucket);
        this.prefix = url.path().isEmpty() || url.path().endsWith("/") ? url.path() : url.path() + "/";
        this.pages = new BucketPages(wire, prefix);
        this.requests = new ObjectRequests(this, /* versions= */ false);
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
        return list("", () -> pages.after(after, most));
    }

    /** Goes on with an answer that had a word for it and no key. */
    BucketPages.Page page(String rest) {
        return list("", () -> pages.goOn(rest));
    }

    @Override
    public KeyLevel level(String below) {
        BucketPages.Page level = below(below);
        return new KeyLevel(
                level.folders(), level.items().stream().map(Item::key).toList(), level.last());
    }

    @Override
    public Optional<String> firstAfter(String key) {
        return page(key, 1).items().stream().map(Item::key).findFirst();
    }

    @Override
    public boolean lists(String key) {
        return list(key, () -> pages.startingWith(key)).items().stream()
                .anyMatch(item -> item.key().equals(key));
    }

    /** A question to the store. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private BucketPages.Page list(String below, Question<BucketPages.Page> question) {
        return ask("list the bucket " + name() + below, "s3:ListBucket", question);
    }

    private static <T> T ask(String tried, String right, Question<T> question) {
        try {
            return question.ask();
        } catch (WireRefusal e) {
            throw Refusal.of(tried, right, e);
        } catch (BucketPages.NoListing e) {
            throw Refusal.foreign(tried);
        } catch (IOException e) {
            throw Refusal.of(tried, e);
        } catch (SdkException e) {
            throw Refusal.of(tried, right, e);
        }
    }

    /** @throws dev.slipway.migration.exception.StoreUnreachable if it does not answer as S3 does, soon */
    public void requireAnswer() {
        list("", () -> Asked.of(() -> pages.after("", 1)).answer(TO_ANSWER));
    }

    @Override
    public List<Finding> requireCopyable() {
        new ReadRights(this).require();
        return List.of();
    }

    /** The first objects and folders right below a prefix. */
    BucketPages.Page below(String folder) {
        return list(folder, () -> pages.level(folder));
    }

    /** What is below the prefix of a key of the bucket. */
    public String key(String full) {
        return full.substring(prefix.length());
    }

    @Override
    public Opened open(Item item) throws IOException {
        return requests.open(item);
    }

    @Override
    public InputStream open(Item item, long from, long bytes) throws IOException {
        return requests.open(item, from, bytes);
    }

    @Override
    public Known know(Item item) throws IOException {
        return requests.know(item);
    }

    @Override
    public Optional<Item> find(String key) {
        return ask("read '" + key + "' of " + name(), "s3:GetObject", () -> head(key));
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

    /** Whether the store has said that it knows no tags. */
    public boolean knowsNoTags() {
        return requests.knowsNoTags();
    }

    public Wire wire() {
        return wire;
    }

    /** One by one: the request that deletes many cannot name a key with a control character. */
    public void delete(String key) throws IOException {
        try {
            wire.send(WireRequest.delete(fullKey(key), Map.of())).close();
        } catch (WireRefusal e) {
            throw deletionRefused(key, e);
        }
    }

    /** Where each deletion leaves a mark, and a second one is not the same as one. */
    void deleteWhile(Wire.Undone undone, String key) throws IOException {
        try {
            Optional<WireAnswer> answer = wire.sendWhile(undone, WireRequest.delete(fullKey(key), Map.of()));
            if (answer.isPresent()) {
                answer.get().close();
            }
        } catch (WireRefusal e) {
            throw deletionRefused(key, e);
        }
    }

    private StoreUnreachable deletionRefused(String key, WireRefusal e) {
        return Refusal.of("delete '" + key + "' of " + name(), "s3:DeleteObject", e);
    }

    @Override
    public void close() {
        wire.close();
        s3.close();
    }
}
