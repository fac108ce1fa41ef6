package dev.slipway.objects.place;

import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.session.Asked;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of a bucket's keys, a page at a time; the next page is asked for while the last one is read. A page begins after the last
 * key of the one before: some stores lose keys with signs in them behind a continuation token.
 */
final class BucketListing extends ReadAhead {
    private final Bucket bucket;
    private final KeyRange range;
    private Asked<BucketPages.Page> page;
    private Iterator<Item> items = List.<Item>of().iterator();
    private String before;
    private boolean last;

    /** @param first how many keys the first page may have: a short range need not pay for what comes after it */
    BucketListing(Bucket bucket, KeyRange range, int first) {
        this.bucket = bucket;
        this.range = range;
        this.before = range.after();
        this.page = Asked.of(() -> bucket.page(range.after(), first));
    }

    @Override
    public void close() {
        last = true;
        page.forget();
    }

    @Override
    @Nullable
    Item read() {
        while (!items.hasNext() && !last) {
            turn();
        }
        if (!items.hasNext()) {
            return null;
        }
        Item item = items.next();
        if (range.isPast(item.key())) {
            close();
            return null;
        }
        requireOrder(item.key());
        return item;
    }

    private void turn() {
        BucketPages.Page answer = answer();
        List<Item> found = answer.items();
        items = found.iterator();
        last = answer.last()
                || (!found.isEmpty() && range.isPast(found.getLast().key()));
        if (!last) {
            page = Asked.of(
                    found.isEmpty()
                            ? () -> bucket.page(answer.rest().orElse(""))
                            : () -> bucket.page(found.getLast().key(), BucketPages.MOST));
        }
    }

    private BucketPages.Page answer() {
        try {
            return page.answer();
        } catch (IOException e) {
            throw Refusal.of("list the bucket " + bucket.name(), e);
        }
    }

    /** What relies on the order would take an object for one that is missing. */
    private void requireOrder(String key) {
        if (!before.isEmpty() && KeyOrder.INSTANCE.compare(key, before) <= 0) {
            throw new StoreUnreachable(
                    "list the bucket " + bucket.name(),
                    "it lists '" + key + "' after '" + before + "', which is not the order of S3",
                    "name a store that lists keys in the order of their bytes");
        }
        before = key;
    }
}
