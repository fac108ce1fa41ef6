package dev.slipway.objects.place;

import dev.slipway.migration.BoundedTasks;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Asks for one object of each of a bucket's folders, the upper ones first, before anything is changed: rights are granted and denied by
 * prefix. Of very many folders only the first are looked at; another that may not be read ends the work that comes to it.
 */
final class ReadRights {
    private static final int FOLDERS = 64;
    private static final int AT_ONCE = 16;

    private final Bucket bucket;
    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    ReadRights(Bucket bucket) {
        this.bucket = bucket;
    }

    void require() {
        int looked = 0;
        List<String> level = List.of("");
        while (!level.isEmpty() && looked < FOLDERS) {
            List<String> now = level.subList(0, Math.min(level.size(), FOLDERS - looked));
            try (BoundedTasks tasks = new BoundedTasks("objects-rights", AT_ONCE)) {
                now.forEach(folder -> tasks.run(() -> look(folder)));
                tasks.await();
            }
            looked += now.size();
            level = found.stream().sorted(KeyOrder.INSTANCE).toList();
            found.clear();
        }
    }

    private void look(String folder) {
        BucketPages.Page answer = bucket.below(folder);
        found.addAll(answer.folders());
        answer.items().stream().findFirst().ifPresent(this::ask);
    }

    private void ask(Item item) {
        try {
            bucket.know(item);
        } catch (ReadRefused e) {
            throw e.inWords(", or leave it out by copying prefixes one by one; nothing was changed");
        } catch (IOException e) {
            // It is another one by now, or will be told of by whoever reads it.
            return;
        }
    }
}
