package dev.slipway.objects.copy;

import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** How far a copy is. */
final class CopyCounts {
    private final String name;
    private final Progress progress;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong seenBytes = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong removed = new AtomicLong();

    CopyCounts(String name, Progress progress) {
        this.name = name;
        this.progress = progress;
    }

    void saw(long objects, long bytes) {
        progress.report(new Progress.Amount(name, seen.addAndGet(objects), 0, seenBytes.addAndGet(bytes), 0));
    }

    void sent(long bytes) {
        sent.incrementAndGet();
        sentBytes.addAndGet(bytes);
    }

    void removed() {
        removed.incrementAndGet();
    }

    /** All that was seen, whoever has sent it. */
    CopyOutcome.Copied all(List<Finding> findings) {
        return new CopyOutcome.Copied(seen.get(), seenBytes.get(), findings, Optional.empty());
    }

    CopyOutcome outcome(List<Finding> findings) {
        return sent.get() + removed.get() == 0
                ? new CopyOutcome.Skipped("all " + seen.get() + " objects were on the target already")
                : new CopyOutcome.Copied(sent.get(), sentBytes.get(), findings, Optional.empty());
    }
}
