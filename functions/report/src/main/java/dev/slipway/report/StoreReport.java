package dev.slipway.report;

import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreKind;
import java.time.Instant;
import java.util.Optional;

/**
 * What was done with one store. A part that was not reached is empty.
 *
 * @param source where it came from, without its password
 * @param target where it went, without its password; empty while no target was made
 */
public record StoreReport(
        String name,
        StoreKind kind,
        String source,
        Optional<String> target,
        Optional<Snapshot> snapshot,
        Optional<Fence> fence,
        Optional<CopyReport> copy,
        Optional<CompareReport> compare) {

    public StoreReport {
        source = Redaction.of(source);
        target = target.map(Redaction::of);
    }

    /** A store that nothing was done with yet. */
    public static StoreReport untouched(String name, StoreKind kind, String source) {
        return new StoreReport(
                name,
                kind,
                source,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The safety copy.
     *
     * @param items rows, keys or objects in it
     * @param seconds until it was taken and read back; empty where that did not end
     * @param location where a person finds it
     */
    public record Snapshot(long items, long bytes, int parts, String location, Optional<Double> seconds) {
        public Snapshot {
            location = Redaction.of(location);
        }

        public static Snapshot of(SnapshotManifest manifest, String location, Optional<Double> seconds) {
            long bytes = manifest.parts().stream()
                    .mapToLong(SnapshotManifest.Part::bytes)
                    .sum();
            return new Snapshot(manifest.items(), bytes, manifest.parts().size(), location, seconds);
        }
    }

    /**
     * The time in which the source did not take the app's writes.
     *
     * @param lifted when it took them again; empty while the fence stands, as it does after a cutover
     * @param opened when the target took them instead
     */
    public record Fence(Instant since, Optional<Instant> lifted, Optional<Instant> opened) {
        /** When the app could write again, to either side. */
        public Optional<Instant> ended() {
            return lifted.or(() -> opened);
        }
    }
}
