package dev.slipway.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The time in which neither side took the app's writes, of all stores together.
 *
 * @param from the first store's fence
 * @param to when the last store took writes again; empty where one did not
 * @param onTarget whether it was the target that took them
 */
record WritePause(Instant from, Optional<Instant> to, boolean onTarget) {

    /** Empty where nothing was fenced. */
    static Optional<WritePause> of(Report report) {
        List<StoreReport.Fence> fences = report.stores().stream()
                .flatMap(store -> store.fence().stream())
                .toList();
        boolean ended = fences.stream().allMatch(it -> it.ended().isPresent());
        Optional<Instant> last =
                fences.stream().flatMap(it -> it.ended().stream()).max(Comparator.naturalOrder());
        return fences.stream()
                .map(StoreReport.Fence::since)
                .min(Comparator.naturalOrder())
                .map(first -> new WritePause(
                        first,
                        ended ? last : Optional.empty(),
                        fences.stream().noneMatch(it -> it.lifted().isPresent())));
    }

    /** Empty where it had no end. */
    Optional<Duration> lasted() {
        return to.map(end -> Duration.between(from, end));
    }

    String until() {
        return to.map(end -> onTarget ? "until the target took them" : "until the source took them again")
                .orElse("since " + Page.time(from) + ", no end recorded");
    }
}
