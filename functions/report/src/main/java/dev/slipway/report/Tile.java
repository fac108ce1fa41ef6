package dev.slipway.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One figure at the head of the page; a figure that is not known has no tile. */
public record Tile(String label, String value, String detail) {
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
                .filter(copy -> copy.outcome() != CopyReport.Outcome.STOPPED)
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
                : Optional.of(new Tile(
                        "Compared same", same + " of " + report.stores().size(), "by content, both directions"));
    }

    private static Optional<Tile> pause(Report report) {
        return WritePause.of(report)
                .map(it -> new Tile(
                        "Writes paused", it.lasted().map(Units::duration).orElse("not known"), it.until()));
    }

    private static Optional<Tile> failed(Report report) {
        if (report.traffic().isEmpty()) {
            return Optional.empty();
        }
        long requests = TrafficSecond.requests(report.traffic());
        long errors = report.traffic().stream().mapToLong(TrafficSecond::errors).sum();
        return Optional.of(
                new Tile("Failed requests", Units.count(errors), "of " + Units.count(requests) + " while watched"));
    }

    private static String ofStores(int known, Report report) {
        return known + " of " + report.stores().size() + (report.stores().size() == 1 ? " store" : " stores");
    }
}
