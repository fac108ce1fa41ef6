package dev.slipway.steps;

import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.Finding;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.report.CompareReport;
import dev.slipway.report.CopyReport;
import dev.slipway.report.ShardsReport;
import dev.slipway.report.StoreReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the artifacts of an attempt tell about one store. */
record StoreStory(JsonArtifacts artifacts, Attempt attempt, PlannedStore store) {

    StoreReport tell() {
        return new StoreReport(
                store.name(),
                store.kind(),
                store.sourceUrl().map(Object::toString).orElse(""),
                target(),
                snapshot(),
                fence(),
                result(StoreVerb.RESTORE).or(() -> result(StoreVerb.FOLLOW)).map(this::copy),
                result(StoreVerb.VERIFY).or(() -> result(StoreVerb.CUTOVER)).map(CompareReport::of));
    }

    private Optional<StoreResult> result(StoreVerb verb) {
        return artifacts.find(attempt.result(verb, store.name()), StoreResult.class);
    }

    private Optional<StoreResult> done(StoreVerb verb) {
        return result(verb).filter(result -> result.outcome() == StoreResult.Outcome.DONE);
    }

    private Optional<String> target() {
        String output = LogicalName.of(store.name()) + (store.kind() == StoreKind.OBJECTS ? "Bucket" : "Host");
        return artifacts
                .find(attempt.target(), TargetOutputs.class)
                .flatMap(outputs -> Optional.ofNullable(outputs.values().get(output)));
    }

    private Optional<StoreReport.Snapshot> snapshot() {
        String folder = attempt.snapshotParts(store.name());
        return artifacts
                .find(folder + "manifest.json", SnapshotManifest.class)
                .map(manifest -> StoreReport.Snapshot.of(
                        manifest,
                        artifacts.artifacts().location(folder),
                        done(StoreVerb.SNAPSHOT).map(StoreResult::seconds)));
    }

    private Optional<StoreReport.Fence> fence() {
        return done(StoreVerb.FENCE)
                .map(fenced -> new StoreReport.Fence(
                        fenced.ended(),
                        done(StoreVerb.UNFENCE).map(StoreResult::ended),
                        done(StoreVerb.OPEN).map(StoreResult::ended)))
                .or(this::pause);
    }

    /** Of a cutover, whose result begins with its fence. */
    private Optional<StoreReport.Fence> pause() {
        return result(StoreVerb.CUTOVER)
                .filter(turned -> turned.outcome() == StoreResult.Outcome.SAME)
                .map(turned -> new StoreReport.Fence(turned.started(), Optional.empty(), Optional.of(turned.ended())));
    }

    private CopyReport copy(StoreResult restored) {
        Optional<StoreResult> coordinated = result(StoreVerb.COORDINATE);
        return CopyReport.of(
                restored,
                seconds(coordinated.orElse(restored).started(), restored.ended()),
                coordinated.map(any -> shards()),
                findings(restored));
    }

    /** The last worker reads nothing again that a shard has brought, and so does not see what that one saw. */
    private List<Finding> findings(StoreResult restored) {
        Stream<StoreResult> shards = artifacts.all(attempt.shardResults(store.name()), StoreResult.class).stream();
        return Stream.concat(shards, Stream.of(restored))
                .flatMap(each -> each.findings().stream())
                .distinct()
                .toList();
    }

    private ShardsReport shards() {
        String folder = attempt.shardResults(store.name());
        return new ShardsReport(
                store.pace().workers(),
                artifacts.keys(folder).stream()
                        .map(key -> shard(
                                key.substring(folder.length()).replace(".json", ""),
                                artifacts.read(key, StoreResult.class)))
                        .toList());
    }

    private static ShardsReport.Shard shard(String name, StoreResult copied) {
        return new ShardsReport.Shard(name, copied.items(), copied.bytes(), copied.seconds(), copied.tries());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
