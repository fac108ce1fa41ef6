package dev.slipway.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One figure at the head of the page; a figure that is not known has no tile. */
record Tile(String label, String value, String detail) {
    private static final String CUT_OVER = "Cut over";

    static List<Tile> of(Report report) {
        return Stream.of(duration(report), copied(report), compared(report), pause(report), failed(report))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Tile> duration(Report report) {
        String detail = "attempt " + report.attempt();
        return Optional.of(new Tile("Duration", Units.duration(report.duration()), detail));
    }

    private static Optional<Tile> copied(Report report) {
        List<Long> bytes = report.stores().stream()
                .flatMap(store -> store.copy().stream())
                .flatMap(copy -> copy.bytes().stream())
                .toList();
        long total = bytes.stream().mapToLong(Long::longValue).sum();
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Tile("Copied", Units.bytes(total), ofStores(bytes.size(), report)));
    }

    private static Optional<Tile> compared(Report report) {
        List<CompareReport> compares = report.stores().stream()
                .flatMap(store -> store.compare().stream())
                .toList();
        long same = compares.stream()
                .filter(it -> it.outcome() == CompareReport.Outcome.SAME)
                .count();
        return compares.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Tile("Compared same", same + " of " + compares.size(), "by content, both directions"));
    }

    /** From the first fence until the source took writes again, or until Cut over had opened the target. */
    private static Optional<Tile> pause(Report report) {
        List<StoreReport.Fence> fences = report.stores().stream()
                .flatMap(store -> store.fence().stream())
                .toList();
        boolean lifted = fences.stream().allMatch(it -> it.lifted().isPresent());
        Optional<Instant> first = fences.stream().map(StoreReport.Fence::since).min(Comparator.naturalOrder());
        Optional<Instant> last = lifted ? lastLifted(fences) : cutOver(report);
        String until = lifted ? "until the source took them again" : "until the target took them";
        return first.flatMap(from ->
                last.map(to -> new Tile("Writes paused", Units.duration(Duration.between(from, to)), until)));
    }

    private static Optional<Instant> lastLifted(List<StoreReport.Fence> fences) {
        return fences.stream().flatMap(it -> it.lifted().stream()).max(Comparator.naturalOrder());
    }

    private static Optional<Instant> cutOver(Report report) {
        return report.timeline().stream()
                .filter(it -> it.state().equals(CUT_OVER) && it.outcome().equals(Optional.of(StateVisit.Ending.OK)))
                .flatMap(it -> it.exited().stream())
                .max(Comparator.naturalOrder());
    }

    private static Optional<Tile> failed(Report report) {
        if (report.traffic().isEmpty()) {
            return Optional.empty();
        }
        long requests = report.traffic().stream()
                .mapToLong(it -> it.oldRequests() + it.newRequests())
                .sum();
        long errors = report.traffic().stream().mapToLong(TrafficSecond::errors).sum();
        return Optional.of(
                new Tile("Failed requests", Units.count(errors), "of " + Units.count(requests) + " while watched"));
    }

    private static String ofStores(int known, Report report) {
        return known + " of " + report.stores().size() + (report.stores().size() == 1 ? " store" : " stores");
    }
}
