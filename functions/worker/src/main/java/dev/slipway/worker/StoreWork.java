package dev.slipway.worker;

import dev.slipway.migration.AppLogin;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.Engine;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Following;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Severity;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardReference;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.SourceDigests;
import dev.slipway.migration.StoreResult.Outcome;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.PlanBlocked;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.migration.exception.TargetNotEmpty;
import dev.slipway.migration.plan.PlannedStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Does each verb on one store of a migration, by its engine. */
final class StoreWork {
    private final Attempt attempt;
    private final String store;
    private final CopyPace pace;
    private final Engine engine;
    private final JsonArtifacts artifacts;
    private final StoreSides sides;
    private final Progress progress;

    StoreWork(
            Attempt attempt,
            PlannedStore planned,
            Engine engine,
            JsonArtifacts artifacts,
            StoreSides sides,
            Progress progress) {
        this.attempt = attempt;
        this.store = planned.name();
        this.pace = planned.pace();
        this.engine = engine;
        this.artifacts = artifacts;
        this.sides = sides;
        this.progress = progress;
    }

    WorkDone perform(StoreVerb verb) {
        return switch (verb) {
            case INSPECT -> inspect();
            case SNAPSHOT -> snapshot();
            case FENCE -> fence();
            case COORDINATE, SHARD, FOLLOW, CUTOVER, RETURN ->
                throw new IllegalArgumentException(verb + " is not the whole of a store's work");
            case RESTORE -> restore();
            case VERIFY -> verify();
            case OPEN -> open();
            case RECLOSE -> reclose();
            case UNFENCE -> unfence();
            case TURN -> turn();
            case UNFOLLOW -> unfollow();
            case FINISH -> finish();
        };
    }

    private WorkDone inspect() {
        Inspection inspection = engine.inspect(sides.source());
        String blockers = inspection.findings().stream()
                .filter(finding -> finding.severity() == Severity.BLOCKER)
                .map(finding -> finding.subject() + ": " + finding.message())
                .collect(Collectors.joining("; "));
        if (!blockers.isEmpty()) {
            throw new PlanBlocked("inspect " + store, blockers, "resolve this on the source and start again");
        }
        return WorkDone.of(Outcome.DONE, inspection.items(), inspection.bytes(), inspection.version());
    }

    private WorkDone snapshot() {
        requireOwnTarget();
        String prefix = attempt.snapshotParts(store);
        SnapshotManifest manifest = engine.snapshot(sides.source(), artifacts.artifacts(), prefix, progress);
        long bytes = new SnapshotCheck(artifacts.artifacts()).readBack(manifest);
        artifacts.write(prefix + "manifest.json", manifest);
        return WorkDone.of(
                Outcome.DONE, manifest.items(), bytes, artifacts.artifacts().location(prefix));
    }

    /** Never is anything overwritten that this migration did not make. */
    private void requireOwnTarget() {
        if (!isClaimed() && !engine.inspect(sides.target()).empty()) {
            throw new TargetNotEmpty(
                    "copy " + store,
                    "the target " + sides.target() + " holds data that this migration did not make",
                    "empty it, or let Slipway provision a target of its own");
        }
    }

    private boolean isClaimed() {
        return artifacts
                .find(attempt.claim(store), Claim.class)
                .filter(claim -> claim.target().equals(sides.target().toString()))
                .isPresent();
    }

    private WorkDone fence() {
        engine.fence(sides.source(), attempt.fence());
        return WorkDone.of(Outcome.DONE, 0, 0, "writes to the source are refused");
    }

    /** Cuts the copy into shards, and writes down what each of them has. */
    ShardedCopy.Held coordinate() {
        takeTarget();
        ShardedCopy.Held held = sharded().begin(sides.source(), sides.target(), options(pace), pace.workers());
        held.shards().forEach(shard -> artifacts.write(attempt.shard(store, shard.name()), shard));
        artifacts.write(
                attempt.shards(store),
                held.shards().stream().map(ShardReference::of).toList());
        return held;
    }

    WorkDone copy(Shard shard) {
        CopyOutcome.Copied copied =
                sharded().copy(sides.source(), sides.target(), options(pace.share()), shard, progress);
        return new WorkDone(
                Outcome.DONE,
                copied.items(),
                copied.bytes(),
                "shard " + shard.name(),
                Optional.empty(),
                copied.findings());
    }

    /** Copies what the source holds; from then on the stream is there, and the target takes no writes but its. */
    WorkDone follow(Following following) {
        requireOwnTarget();
        artifacts.write(attempt.claim(store), new Claim(sides.target().toString(), attempt.number()));
        openWhereEarlierAttemptClosed();
        makeLogins();
        CopyOptions options = CopyOptions.unfenced().at(pace).ontoOwnTarget();
        CopyOutcome outcome = following.begin(sides.source(), sides.target(), options, progress);
        makeLogins();
        return restored(outcome);
    }

    private void openWhereEarlierAttemptClosed() {
        if (sides.areClosedByEngine()
                && engine.fenced(sides.target())
                        .filter(token -> token.app().equals(attempt.app()))
                        .isPresent()) {
            sides.prepareForCopy();
        }
    }

    private CopyOptions options(CopyPace ofThisWorker) {
        return CopyOptions.under(attempt.fence())
                .at(ofThisWorker)
                .withNotes(new CopyNotes(artifacts.artifacts(), attempt.notes(store)));
    }

    private ShardedCopy sharded() {
        return engine.sharded()
                .orElseThrow(() -> new InvalidInput(
                        "copy " + store + " by several workers",
                        "a store of its kind is copied by one",
                        "take its 'workers' out of slipway.yaml"));
    }

    private void takeTarget() {
        requireOwnTarget();
        artifacts.write(attempt.claim(store), new Claim(sides.target().toString(), attempt.number()));
        sides.prepareForCopy();
        makeLogins();
    }

    /** Before the copy, so that what it brings is theirs; after it once more, so that they have what the app's login had set. */
    private void makeLogins() {
        engine.logins().ifPresent(logins -> {
            List<AppLogin> wanted = sides.logins();
            if (!wanted.isEmpty()) {
                logins.make(sides.target(), wanted);
            }
        });
    }

    private WorkDone restore() {
        takeTarget();
        CopyOutcome outcome = engine.copy(sides.source(), sides.target(), options(pace), progress);
        makeLogins();
        sides.access().close();
        return restored(outcome);
    }

    private WorkDone restored(CopyOutcome outcome) {
        return switch (outcome) {
            case CopyOutcome.Copied copied -> {
                copied.digests().ifPresent(digests -> artifacts.write(attempt.digests(store), digests));
                yield new WorkDone(
                        Outcome.DONE,
                        copied.items(),
                        copied.bytes(),
                        "copied from " + sides.source(),
                        Optional.empty(),
                        copied.findings());
            }
            case CopyOutcome.Skipped skipped -> WorkDone.of(Outcome.SKIPPED, 0, 0, skipped.reason());
        };
    }

    private WorkDone verify() {
        requireFence(sides.source());
        Optional<SourceDigests> read = artifacts.find(attempt.digests(store), SourceDigests.class);
        WorkDone done = compared(engine.compare(sides.source(), sides.target(), read, progress));
        requireFence(sides.source());
        return done;
    }

    private void requireFence(StoreUrl url) {
        Optional<FenceToken> standing = engine.fenced(url);
        if (!standing.equals(Optional.of(attempt.fence()))) {
            throw new FenceBroken(
                    "compare " + store,
                    "the fence of this attempt does not stand on " + url
                            + standing.map(t -> " (" + t + " does)").orElse(""),
                    "writes may have gone past it: the run goes back, start it again");
        }
    }

    private WorkDone compared(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Same same ->
                WorkDone.of(Outcome.SAME, same.items(), same.bytes(), "sha256 " + same.digest());
            case Comparison.Different different ->
                new WorkDone(
                        Outcome.DIFFERENT,
                        different.total(),
                        0,
                        describe(different),
                        Optional.of(different),
                        List.of());
            case Comparison.Unknown unknown -> WorkDone.of(Outcome.UNKNOWN, 0, 0, unknown.reason());
        };
    }

    private static String describe(Comparison.Different different) {
        return different.total() + " different, the first: "
                + different.first().stream()
                        .limit(1)
                        .map(first -> first.item() + " (" + first.detail() + ")")
                        .collect(Collectors.joining());
    }

    private WorkDone open() {
        sides.access().open();
        return WorkDone.of(Outcome.DONE, 0, 0, "the target takes the app's writes");
    }

    private WorkDone reclose() {
        sides.access().close();
        return compared(engine.compare(sides.source(), sides.target(), progress));
    }

    private WorkDone unfence() {
        engine.unfence(sides.source(), attempt.fence());
        return WorkDone.of(Outcome.DONE, 0, 0, "the source takes the app's writes");
    }

    /** A target that cannot be reached must not keep the source from being free. */
    private WorkDone unfollow() {
        Following following = sides.following(engine);
        try {
            following.end(sides.source(), sides.target());
        } catch (StoreUnreachable e) {
            if (following.lag(sides.source(), sides.target()).isPresent()) {
                throw e;
            }
            return WorkDone.of(Outcome.DONE, 0, 0, "the source is free; of the target: " + e.getMessage());
        }
        return WorkDone.of(Outcome.DONE, 0, 0, "nothing follows the source");
    }

    private WorkDone finish() {
        sides.following(engine).end(sides.target(), sides.source());
        return WorkDone.of(Outcome.DONE, 0, 0, "the source stays closed, and nothing follows the target");
    }

    private WorkDone turn() {
        makeLogins();
        return WorkDone.of(Outcome.DONE, 0, 0, "each login of the app has the password of its secret");
    }
}
