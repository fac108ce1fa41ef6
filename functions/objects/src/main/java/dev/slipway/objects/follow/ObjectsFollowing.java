package dev.slipway.objects.follow;

import dev.slipway.migration.Accord;
import dev.slipway.migration.AppAccess;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Engine;
import dev.slipway.migration.Finding;
import dev.slipway.migration.FollowPlaces;
import dev.slipway.migration.Following;
import dev.slipway.migration.PairLock;
import dev.slipway.migration.Progress;
import dev.slipway.migration.ReadLimit;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FollowFailed;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.manifest.Manifest;
import dev.slipway.objects.place.Places;
import dev.slipway.objects.session.Overlap;
import dev.slipway.objects.session.UrlTerms;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows by listing both sides again and again. What both had as the same is noted, and so is which side takes the writes; what is done
 * with two stores is to be done where their notes are.
 */
public final class ObjectsFollowing implements Following {
    private static final int MOST_PASSES = 10;

    private final Engine copies;
    private final Places places;
    private final int partBytes;
    private final FollowPlaces kept;
    private final Map<StoreUrl, AppAccess> accesses;
    private final FollowPace pace;
    private volatile ReadLimit limit = ReadLimit.of(0);

    /** @param copies makes the copy that comes before */
    public ObjectsFollowing(Engine copies, Places places, int partBytes, FollowPlaces kept, FollowPace pace) {
        this(copies, places, partBytes, kept, Map.of(), pace);
    }

    private ObjectsFollowing(
            Engine copies,
            Places places,
            int partBytes,
            FollowPlaces kept,
            Map<StoreUrl, AppAccess> accesses,
            FollowPace pace) {
        this.copies = copies;
        this.places = places;
        this.partBytes = partBytes;
        this.kept = kept;
        this.accesses = Map.copyOf(accesses);
        this.pace = pace;
    }

    @Override
    public Following closing(StoreUrl side, AppAccess access) {
        return new ObjectsFollowing(copies, places, partBytes, kept, Map.of(side, access), pace);
    }

    /** A root may write to a folder whatever its modes are. */
    @Override
    public boolean closesLast() {
        return true;
    }

    @Override
    public CopyOutcome begin(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        String what = "follow " + source + " with " + target;
        demandPossible(source, target, what);
        limit = ReadLimit.of(options.pace().bytesPerSecond());
        FollowedPair pair = named(source, target, Direction.FORTH)
                .orElseThrow(() -> new FollowFailed(
                        what,
                        "there is nowhere to note what was brought over",
                        "set XDG_STATE_HOME to a folder that this user may write"));
        try (PairLock.Hold hold = Taking.of(pair, what)) {
            Optional<FollowState> state = pair.notes().state();
            if (state.isPresent()) {
                Opening.finish(pair);
                demandForth(state.get(), what);
                return new CopyOutcome.Skipped("the target follows already");
            }
            pair.access().ifPresent(AppAccess::close);
            CopyOutcome outcome = withWarning(copied(pair, options, progress), source);
            comeNear(pair, hold, progress);
            return outcome;
        }
    }

    private void demandPossible(StoreUrl source, StoreUrl target, String what) {
        Places.requireBucket("follow with", target);
        Overlap.forbid("follow", source, target);
        if (UrlTerms.meansVersions(source) || UrlTerms.meansVersions(target)) {
            throw new InvalidInput(what, "a bucket's history is copied and not followed", "leave out ?versions=all");
        }
        if (pair(/* source= */ target, /* target= */ source, Direction.FORTH).isPresent()) {
            throw new FollowFailed(what, "the source follows the target", "see 'slipway rollback', which ends that");
        }
    }

    private static void demandForth(FollowState state, String what) {
        if (state.direction() == Direction.BACK) {
            throw new FollowFailed(
                    what, "the target takes the writes: a cutover has turned them", "see 'slipway rollback'");
        }
    }

    private CopyOutcome copied(FollowedPair pair, CopyOptions options, Progress progress) {
        try {
            if (pair.notes().twins().areThere() || isToBeReplaced(pair)) {
                // What ended it may have opened a folder again.
                pair.notes().save(FollowState.BEGUN.withModesChanged());
                return new CopyOutcome.Skipped("it was followed before, and goes on from there");
            }
            CopyOptions noted = options.withNotes(pair.notes().copies(Direction.FORTH));
            CopyOutcome outcome = copies.copy(pair.source(), pair.target(), noted, progress);
            pair.notes().twins().takeFrom(new Manifest(pair.notes().copies(Direction.FORTH)));
            pair.notes().save(FollowState.BEGUN);
            return outcome;
        } catch (IOException e) {
            throw new StoreUnreachable(
                    "note what was copied in " + pair.notes().place().name(),
                    "it failed (" + e.getMessage() + ")",
                    "see that its disk is not full, then run the same again: it goes on",
                    e);
        }
    }

    /** What is not known of a target of our own comes to be what the source has by passes. */
    private boolean isToBeReplaced(FollowedPair pair) throws IOException {
        boolean begun =
                new Manifest(pair.notes().copies(Direction.FORTH)).pass().isPresent();
        if (begun
                || !pair.notes().place().owned()
                || copies.inspect(pair.target()).empty()) {
            return false;
        }
        pair.notes().twins().write(sink -> {});
        return true;
    }

    private static CopyOutcome withWarning(CopyOutcome outcome, StoreUrl source) {
        if (Places.isFolder(source) || !(outcome instanceof CopyOutcome.Copied copied)) {
            return outcome;
        }
        List<Finding> findings = new ArrayList<>(copied.findings());
        findings.add(Finding.warning(
                "no fence",
                "Nothing here closes a bucket: before a cutover, stop what writes to " + source
                        + " or change its credentials."));
        return new CopyOutcome.Copied(copied.items(), copied.bytes(), findings, copied.digests());
    }

    /** As long as there is less to bring over each time. */
    private void comeNear(FollowedPair pair, PairLock.Hold hold, Progress progress) {
        try (Sides sides = open(pair, hold)) {
            long before = Long.MAX_VALUE;
            for (int i = 0; i < MOST_PASSES; i++) {
                long changed = new FollowPass(sides, PassTerms.carrying(progress))
                        .run()
                        .changed();
                if (changed == 0 || changed > before / 2) {
                    return;
                }
                before = changed;
            }
        }
    }

    private Sides open(FollowedPair pair, PairLock.Hold hold) {
        return Sides.open(pair, hold, places, partBytes, limit);
    }

    @Override
    public Carrier carry(StoreUrl source, StoreUrl target) {
        FollowedPair pair = pair(source, target, Direction.FORTH)
                .orElseThrow(() -> new FollowFailed(
                        "bring the changes of " + source + " to " + target, "nothing was begun", "begin with a copy"));
        return PassCarrier.start(pair, hold -> open(pair, hold), pace.interval());
    }

    @Override
    public Optional<Lag> lag(StoreUrl source, StoreUrl target) {
        Optional<FollowState> forth = pair(source, target, Direction.FORTH)
                .flatMap(pair -> pair.notes().state());
        if (forth.isPresent() && forth.get().direction() == Direction.FORTH) {
            return Optional.of(lag(forth.get()));
        }
        // What such a side is behind comes over when it is turned to.
        return pair(target, source, Direction.BACK)
                .flatMap(pair -> pair.notes().state())
                .filter(state -> state.direction() == Direction.BACK || state.opening())
                .map(state -> new Lag(0, 0, Optional.empty(), true));
    }

    private static Lag lag(FollowState state) {
        return new Lag(
                state.missing(),
                0,
                state.passed() == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(Math.max(0, System.currentTimeMillis() - state.passed()))),
                /* flowing= */ true);
    }

    @Override
    public Turn turn(StoreUrl writer, StoreUrl follower, Duration longest, Accord accord, Progress progress) {
        String what = "let " + follower + " take the writes of " + writer;
        FollowedPair pair = pair(writer, follower, Direction.FORTH)
                .or(() -> pair(follower, writer, Direction.BACK))
                .orElseThrow(() -> nothingFlows(what));
        try (PairLock.Hold hold = Taking.of(pair, what)) {
            FollowState state = pair.notes().state().orElseThrow(() -> nothingFlows(what));
            Opening.finish(pair);
            if (state.direction() != pair.direction()) {
                if (state.hasTurned()) {
                    // A way back that was ended may have closed it.
                    Sides.gate(pair.in(state.direction())).open();
                    return new Turn.Earlier();
                }
                throw nothingFlows(what);
            }
            try (Sides sides = open(pair, hold)) {
                return new ObjectsTurn(sides, new TurnTask(longest, pace.quiet(), accord, progress)).run();
            }
        }
    }

    private static FollowFailed nothingFlows(String what) {
        return new FollowFailed(what, "nothing flows to it from there", "copy with --follow first");
    }

    @Override
    public void stay(StoreUrl writer, StoreUrl follower) {
        Optional<FollowedPair> found = pair(writer, follower, Direction.FORTH);
        if (found.isEmpty()) {
            return;
        }
        FollowedPair pair = found.get();
        try (PairLock.Hold _ = Taking.of(pair, "go on following " + writer)) {
            Opening.finish(pair);
            if (pair.notes()
                    .state()
                    .filter(state -> state.direction() == Direction.FORTH)
                    .isPresent()) {
                Sides.gate(pair).open();
            }
        }
    }

    @Override
    public void end(StoreUrl writer, StoreUrl follower) {
        String what = "end what joins " + writer + " and " + follower;
        Optional<FollowedPair> found =
                pair(writer, follower, Direction.FORTH).or(() -> pair(follower, writer, Direction.BACK));
        if (found.isEmpty()) {
            return;
        }
        FollowedPair pair = found.get();
        try (PairLock.Hold _ = Taking.of(pair, what)) {
            Optional<FollowState> state = pair.notes().state();
            if (state.isEmpty() || state.get().direction() != pair.direction()) {
                return;
            }
            Opening.finish(pair);
            if (pair.direction() == Direction.BACK) {
                pair.notes().forget();
            } else {
                // A turn that was ended may have closed it.
                Sides.gate(pair).open();
                pair.notes().end();
            }
        }
    }

    /** Of which something is noted. */
    private Optional<FollowedPair> pair(StoreUrl source, StoreUrl target, Direction direction) {
        return named(source, target, direction)
                .filter(pair -> pair.notes().state().isPresent());
    }

    private Optional<FollowedPair> named(StoreUrl source, StoreUrl target, Direction direction) {
        Optional<AppAccess> access = Optional.ofNullable(accesses.get(target));
        return kept.of(source, target)
                .map(place -> new FollowedPair(source, target, new PairNotes(place), access, direction));
    }
}
