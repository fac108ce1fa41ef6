package dev.slipway.objects.place;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A bucket's versions by keys. In memory are a page and one key's versions. */
final class HistoryListing implements Iterator<History> {
    private final BucketVersions bucket;
    private final String beginning;
    private final Deque<ListedVersion> read = new ArrayDeque<>();
    private Map<String, String> next;
    private boolean apart;

    HistoryListing(BucketVersions bucket, String beginning) {
        this.bucket = bucket;
        this.beginning = beginning;
        this.next = turn(Map.of());
    }

    @Override
    public boolean hasNext() {
        while (read.isEmpty() && !next.isEmpty()) {
            next = turn(next);
        }
        return !read.isEmpty();
    }

    @Override
    public History next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String key = read.getFirst().key();
        List<ListedVersion> versions = new ArrayList<>();
        while (hasNext() && read.getFirst().key().equals(key)) {
            versions.add(read.removeFirst());
        }
        List<ListedVersion> inOrder = apart ? ListedVersion.inOrder(versions) : versions;
        return new History(
                key, inOrder.reversed().stream().map(ListedVersion::version).toList());
    }

    private Map<String, String> turn(Map<String, String> from) {
        VersionPage page = bucket.page(beginning, from);
        apart |= page.apart() && !bucket.mixes();
        page.versions().stream()
                .map(each -> new ListedVersion(bucket.below(each.version()), each.time()))
                .forEach(read::add);
        return page.next();
    }
}
