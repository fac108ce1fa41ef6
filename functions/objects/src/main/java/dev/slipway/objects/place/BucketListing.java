package dev.slipway.objects.place;

import dev.slipway.migration.exception.StoreUnreachable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A range of a bucket's keys, a page at a time; the next page is asked for while the last one is read. A page begins after the last
 * key of the one before: some stores lose keys with signs in them behind a continuation token.
 */
final class BucketListing implements Listing {
    private final Bucket bucket;
    private final KeyRange range;
    private FutureTask<BucketPages.Page> page;
    private Iterator<Item> items = List.<Item>of().iterator();
    private @Nullable Item next;
    private String before;
    private boolean last;

    /** @param first how many keys the first page may have: a short range need not pay for what comes after it */
    BucketListing(Bucket bucket, KeyRange range, int first) {
        this.bucket = bucket;
        this.range = range;
        this.before = range.after();
        this.page = ask(() -> bucket.page(range.after(), first));
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Item next() {
        Item item = next;
        if (item == null) {
            throw new NoSuchElementException();
        }
        advance();
        return item;
    }

    @Override
    public void close() {
        last = true;
        page.cancel(/* mayInterruptIfRunning= */ true);
    }

    private void advance() {
        while (!items.hasNext() && !last) {
            turn();
        }
        Item item = items.hasNext() ? items.next() : null;
        if (item != null && range.isPast(item.key())) {
            close();
            item = null;
        }
        if (item != null) {
            requireOrder(item.key());
        }
        next = item;
    }

    private void turn() {
        BucketPages.Page answer = answer();
        List<Item> found = answer.items();
        items = found.iterator();
        last = answer.last()
                || (!found.isEmpty() && range.isPast(found.getLast().key()));
        if (!last) {
            page = ask(
                    found.isEmpty()
                            ? () -> bucket.page(answer.rest().orElse(""))
                            : () -> bucket.page(found.getLast().key(), BucketPages.MOST));
        }
    }

    private static FutureTask<BucketPages.Page> ask(Callable<BucketPages.Page> question) {
        FutureTask<BucketPages.Page> asked = new FutureTask<>(question);
        Thread.ofVirtual().name("objects-list").start(asked);
        return asked;
    }

    private BucketPages.Page answer() {
        try {
            return page.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while listing");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
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
