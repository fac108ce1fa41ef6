package dev.slipway.objects.place;

import dev.slipway.objects.session.Wire;
import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRefusal;
import dev.slipway.objects.session.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A bucket's prefix with all versions of its objects. A version never changes. */
public final class BucketVersions implements ObjectReader {
    private static final Set<String> MIXING = Set.of("AmazonS3", "MinIO");

    private final Bucket bucket;
    private final ObjectRequests requests;
    private volatile boolean mixes;

    public BucketVersions(Bucket bucket) {
        this.bucket = bucket;
        this.requests = new ObjectRequests(bucket, /* versions= */ true);
    }

    /** Each key's, in the order of keys, read as they are asked for. */
    public Iterator<History> histories() {
        return new HistoryListing(this, "");
    }

    /**
     * Adds one deletion marker to a key's versions: where the answer was lost, it is looked whether the marker is there.
     *
     * @param before how many versions the key has
     */
    public void delete(String key, int before) throws IOException {
        bucket.deleteWhile(hasNoMoreThan(before, key), key);
    }

    /** Whether what was to add a version to a key has not done so. */
    public Wire.Undone hasNoMoreThan(int before, String key) {
        return () -> count(key) <= before;
    }

    private int count(String key) {
        Iterator<History> found = new HistoryListing(this, key);
        while (found.hasNext()) {
            History history = found.next();
            if (history.key().equals(key)) {
                return history.versions().size();
            }
        }
        return 0;
    }

    /** Whether what is written there now stays when it is written over. */
    public boolean areKept() {
        try {
            return bucket.s3()
                            .getBucketVersioning(request -> request.bucket(bucket.bucket()))
                            .status()
                    == BucketVersioningStatus.ENABLED;
        } catch (SdkException e) {
            throw Refusal.of("ask for the versioning of " + name(), "s3:GetBucketVersioning", e);
        }
    }

    /** Whether the store is known to list deletions and versions in one order. */
    boolean mixes() {
        return mixes;
    }

    /**
     * @param beginning of the keys that are asked for
     * @param from what the page before has said of the next one
     */
    VersionPage page(String beginning, Map<String, String> from) {
        String tried = "list the versions in the bucket " + name();
        Map<String, String> query = new TreeMap<>(from);
        query.putAll(Map.of("versions", "", "prefix", bucket.fullKey(beginning), "encoding-type", "url"));
        try (WireAnswer answer = bucket.wire().send(WireRequest.of("GET", query))) {
            mixes = answer.header("server").filter(MIXING::contains).isPresent();
            return VersionPage.read(answer.body()).orElseThrow(() -> Refusal.foreign(tried));
        } catch (WireRefusal e) {
            throw Refusal.of(tried, "s3:ListBucketVersions", e);
        } catch (IOException e) {
            throw Refusal.of(tried, e);
        }
    }

    /** With the key as it is below the prefix. */
    History.Version below(History.Version version) {
        Item item = version.item();
        return new History.Version(
                new Item(bucket.key(item.key()), item.size(), item.stamp(), item.tag()), version.deleted());
    }

    @Override
    public String name() {
        return bucket.name();
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

    /** Only the version that was listed is meant, and it is gone. */
    @Override
    public Optional<Item> find(String key) {
        return Optional.empty();
    }

    @Override
    public boolean lists(String key) {
        return false;
    }

    @Override
    public boolean isUnchanged(Item item) {
        return true;
    }
}
