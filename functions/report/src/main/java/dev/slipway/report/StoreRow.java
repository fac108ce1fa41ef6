package dev.slipway.report;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One store as a row of the page's table, and what needs the whole width below it. A cell of what was not reached is empty. */
record StoreRow(
        String name,
        String kind,
        String source,
        Optional<String> target,
        Optional<Cell> snapshot,
        Optional<Cell> fence,
        Optional<Cell> copy,
        Optional<Cell> compare,
        Optional<String> digest,
        Optional<String> safetyCopy,
        Optional<String> copyReason,
        Optional<String> compareReason,
        Optional<ShardTable> shards,
        List<Finding> findings,
        Optional<DifferenceList> differences) {

    static StoreRow of(StoreReport store) {
        StoreKind kind = store.kind();
        return new StoreRow(
                store.name(),
                name(kind),
                store.source(),
                store.target(),
                store.snapshot().map(it -> snapshot(kind, it)),
                store.fence().map(StoreRow::fence),
                store.copy().map(it -> copy(store, it)),
                store.compare().map(it -> compare(kind, it)),
                store.compare().flatMap(CompareReport::digest),
                store.snapshot().map(StoreReport.Snapshot::location),
                store.copy().flatMap(CopyReport::reason),
                store.compare().flatMap(CompareReport::reason),
                store.copy().flatMap(CopyReport::shards).map(it -> ShardTable.of(kind, it)),
                store.copy().map(CopyReport::findings).orElse(List.of()),
                store.compare().filter(it -> !it.differences().isEmpty()).map(DifferenceList::of));
    }

    private static String name(StoreKind kind) {
        return switch (kind) {
            case POSTGRES -> "Postgres";
            case REDIS -> "Redis";
            case OBJECTS -> "Files";
        };
    }

    private static Cell snapshot(StoreKind kind, StoreReport.Snapshot snapshot) {
        String parts = snapshot.parts() == 1 ? "1 part" : Units.count(snapshot.parts()) + " parts";
        return Cell.of(Stream.of(
                Optional.of(Units.items(kind, snapshot.items())),
                Optional.of(Units.bytes(snapshot.bytes()) + " in " + parts),
                snapshot.seconds().map(it -> took(it) + ", read back")));
    }

    private static Cell fence(StoreReport.Fence fence) {
        Optional<String> end = fence.ended().map(it -> "to " + Page.time(it));
        return Cell.of(Stream.of(
                Optional.of("from " + Page.time(fence.since())),
                Optional.of(end.orElse("still paused")),
                fence.ended().map(it -> "for " + Units.duration(Duration.between(fence.since(), it))),
                end.map(any -> fence.lifted().isPresent() ? "then on the source" : "then on the target")));
    }

    private static Cell copy(StoreReport store, CopyReport copy) {
        boolean stopped = copy.outcome() == CopyReport.Outcome.STOPPED;
        return Cell.of(
                Badge.of(copy.outcome()),
                Stream.of(
                        copy.items().map(it -> Units.items(store.kind(), it)),
                        copy.bytes().map(it -> amount(it, copy.seconds())),
                        copy.shards().map(StoreRow::shards),
                        Optional.of(stopped ? "failed after " + Units.duration(copy.seconds()) : took(copy.seconds())),
                        workers(copy, stopped ? " in turn" : " in turn; what the last one sent is counted"),
                        thereAlready(store, copy)));
    }

    private static Optional<String> workers(CopyReport copy, String note) {
        return Optional.of(copy.workers()).filter(it -> it > 1).map(it -> it + " workers" + note);
    }

    /** A copy that goes on after an interruption sends only what is missing. */
    private static Optional<String> thereAlready(StoreReport store, CopyReport copy) {
        return store.compare()
                .flatMap(CompareReport::items)
                .flatMap(all -> copy.items().map(sent -> all - sent))
                .filter(rest -> copy.workers() > 1 && rest > 0)
                .map(rest -> Units.items(store.kind(), rest) + (rest == 1 ? " was" : " were") + " there already");
    }

    private static String amount(long bytes, double seconds) {
        return seconds >= 1 && bytes > 0
                ? Units.bytes(bytes) + " at " + Units.bytesPerSecond(bytes / seconds)
                : Units.bytes(bytes);
    }

    private static String shards(ShardsReport shards) {
        return Units.count(shards.shards().size()) + " shards, " + shards.atOnce()
                + (shards.atOnce() == 1 ? " worker" : " workers") + " at once";
    }

    private static Cell compare(StoreKind kind, CompareReport compare) {
        return Cell.of(
                Badge.of(compare.outcome()),
                Stream.of(
                        compare.items().map(it -> Units.items(kind, it)),
                        compare.bytes().map(Units::bytes),
                        compare.differing().map(it -> Units.items(kind, it) + (it == 1 ? " differs" : " differ")),
                        Optional.of(took(compare.seconds()) + ", ended " + Page.time(compare.at()))));
    }

    private static String took(double seconds) {
        return "in " + Units.duration(seconds);
    }

    /** What stands in one cell. */
    record Cell(Optional<Badge> badge, List<String> lines) {
        static Cell of(Stream<Optional<String>> lines) {
            return new Cell(Optional.empty(), lines.flatMap(Optional::stream).toList());
        }

        static Cell of(Badge badge, Stream<Optional<String>> lines) {
            return new Cell(Optional.of(badge), of(lines).lines());
        }
    }
}
