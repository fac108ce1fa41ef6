package dev.slipway.report;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.StoreKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One store as a row of the page's table. A cell of what was not reached is empty. */
record StoreRow(
        String name,
        String kind,
        String source,
        Optional<String> target,
        Optional<Cell> snapshot,
        Optional<Cell> fence,
        Optional<Cell> copy,
        Optional<Cell> compare,
        Optional<Differences> differences) {

    static StoreRow of(StoreReport store) {
        StoreKind kind = store.kind();
        return new StoreRow(
                store.name(),
                name(kind),
                store.source(),
                store.target(),
                store.snapshot().map(it -> snapshot(kind, it)),
                store.fence().map(StoreRow::fence),
                store.copy().map(it -> copy(kind, it)),
                store.compare().map(it -> compare(kind, it)),
                store.compare().filter(it -> !it.differences().isEmpty()).map(Differences::of));
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
        return new Cell(
                Optional.empty(),
                List.of(Units.items(kind, snapshot.items()), Units.bytes(snapshot.bytes()) + " in " + parts),
                Optional.of(new Note(snapshot.location(), snapshot.location())));
    }

    private static Cell fence(StoreReport.Fence fence) {
        List<String> end = fence.lifted()
                .map(it ->
                        List.of("until " + Page.time(it), "for " + Units.duration(Duration.between(fence.since(), it))))
                .orElse(List.of("still stands"));
        List<String> lines = Stream.concat(Stream.of("from " + Page.time(fence.since())), end.stream())
                .toList();
        return new Cell(Optional.empty(), lines, Optional.empty());
    }

    private static Cell copy(StoreKind kind, CopyReport copy) {
        Duration took = Duration.ofMillis(Math.round(copy.seconds() * 1000));
        Optional<String> amount = copy.bytes().map(it -> amount(it, copy.seconds()));
        List<String> lines = Stream.of(
                        copy.items().map(it -> Units.items(kind, it)),
                        amount,
                        copy.reason(),
                        copy.shards().map(StoreRow::shards),
                        Optional.of("in " + Units.duration(took) + ", " + workers(copy.workers())))
                .flatMap(Optional::stream)
                .toList();
        return new Cell(Optional.of(Badge.of(copy.outcome())), lines, Optional.empty());
    }

    private static String amount(long bytes, double seconds) {
        return seconds >= 1 ? Units.bytes(bytes) + " at " + Units.bytesPerSecond(bytes / seconds) : Units.bytes(bytes);
    }

    private static String shards(ShardsReport shards) {
        return Units.count(shards.shards().size()) + " shards, " + workers(shards.atOnce()) + " at once";
    }

    private static String workers(int workers) {
        return workers == 1 ? "1 worker" : workers + " workers";
    }

    private static Cell compare(StoreKind kind, CompareReport compare) {
        List<String> lines = Stream.of(
                        compare.items().map(it -> Units.items(kind, it)),
                        compare.bytes().map(Units::bytes),
                        compare.differing().map(it -> Units.items(kind, it) + (it == 1 ? " differs" : " differ")),
                        compare.reason())
                .flatMap(Optional::stream)
                .toList();
        return new Cell(
                Optional.of(Badge.of(compare.outcome())),
                lines,
                compare.digest().map(Note::digest));
    }

    /** What stands in one cell; the note is small. */
    record Cell(Optional<Badge> badge, List<String> lines, Optional<Note> note) {}

    /** A small text, and all of it where it is shortened. */
    record Note(String shown, String whole) {
        private static final int ENOUGH = 16;

        static Note digest(String hex) {
            String shown = hex.length() > ENOUGH ? hex.substring(0, ENOUGH) + "…" : hex;
            return new Note("SHA-256 " + shown, "SHA-256 " + hex);
        }
    }

    /** The first differences of a store. */
    record Differences(String summary, List<Line> lines) {
        static Differences of(CompareReport compare) {
            List<Line> lines = compare.differences().stream().map(Line::of).toList();
            long all = compare.differing().orElse((long) lines.size());
            String summary =
                    all > lines.size() ? "the first " + lines.size() + " of " + Units.count(all) : "all " + all;
            return new Differences(summary, lines);
        }
    }

    /** One difference. */
    record Line(String side, String item, String detail) {
        static Line of(Comparison.Difference difference) {
            String side = switch (difference.side()) {
                case ONLY_SOURCE -> "only in the source";
                case ONLY_TARGET -> "only in the target";
                case BOTH -> "differs";
            };
            return new Line(side, difference.item(), difference.detail());
        }
    }
}
