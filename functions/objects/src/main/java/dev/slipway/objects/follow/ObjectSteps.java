package dev.slipway.objects.follow;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.objects.compare.ObjectCompare;
import dev.slipway.objects.compare.ObjectsCompare;
import dev.slipway.objects.compare.Tally;
import dev.slipway.objects.compare.Verdict;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyMerge;
import dev.slipway.objects.place.ObjectChanged;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What is done with each object of a pass.
 *
 * <pre>
 * writer     follower          noted as twins          what is done
 * any        none              any                     it is brought over, where the writer has it
 * as noted   as noted          yes                     nothing; compared, where the pass proves
 * another    as noted          yes                     it is brought over; left to the next pass, where it is written all the time
 * none       as noted          yes                     it is deleted
 * any        another, or not noted                     as if it were noted, where an ended pass was about to change it, or it is a link;
 *                                                      nothing, where it is the same; otherwise it is not ours, and the pass ends
 * </pre>
 */
final class ObjectSteps {
    /** Within so much time a file system may give two changes of a file one time. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Sides sides;
    private final Direction direction;
    private final PassTerms terms;
    private final boolean modesChanged;
    private final Intents.Left left;
    private final PassCounts counts;
    private final ObjectCompare objects;
    private final Tally tally = new Tally();

    /**
     * @param modesChanged whether the modes of the writer's files may have been changed by a fence
     * @param left what an ended pass was about to change
     */
    ObjectSteps(Sides sides, PassTerms terms, boolean modesChanged, Intents.Left left, PassCounts counts) {
        this.sides = sides;
        this.direction = sides.pair().direction();
        this.terms = terms;
        this.modesChanged = modesChanged;
        this.left = left;
        this.counts = counts;
        this.objects = new ObjectCompare(
                sides.follower().wanted(),
                ObjectsCompare.answers(sides.writer()),
                sides.follower().place(),
                ObjectsCompare.answers(sides.follower().place()));
    }

    /**
     * One object's step.
     *
     * @param changes whether something on the follower
     */
    record Step(String key, boolean changes, Work work) {}

    /** What is to be done. */
    @FunctionalInterface
    interface Work {
        /** What both sides have then; empty where they have nothing. */
        Optional<Twin> run() throws IOException;
    }

    /** What the objects are that were not brought over. */
    Comparison comparison() {
        return tally.outcome();
    }

    Step of(KeyMerge.Row<Item, Item, Twin> row) {
        Optional<Item> there = row.second();
        if (there.isEmpty()) {
            return row.first()
                    .map(here -> send(here, there))
                    .orElseGet(() -> new Step(row.key(), false, Optional::empty));
        }
        boolean asKnown = row.third()
                .filter(twin -> sides.follower().isAsKnown(there.get(), twin.follower(direction)))
                .isPresent();
        boolean ours = asKnown || isLeft(row) || sides.pair().ownsFollower();
        if (row.first().isEmpty()) {
            return delete(there.get(), ours);
        }
        Item here = row.first().get();
        if (asKnown && isUnchanged(here, row.third().orElseThrow().writer(direction))) {
            return keep(here, there.get(), row.third().orElseThrow());
        }
        return ours ? send(here, there) : compare(here, there.get());
    }

    private boolean isLeft(KeyMerge.Row<Item, Item, Twin> row) {
        return left.has(row.key())
                || (row.third().isPresent()
                        && sides.follower().isLink(row.second().orElseThrow()));
    }

    private boolean isUnchanged(Item now, Item then) {
        return now.equals(then) || (modesChanged && isFolder() && Folder.isSameButForMode(now, then));
    }

    private boolean isFolder() {
        return sides.writer() instanceof Folder;
    }

    private Step send(Item here, Optional<Item> there) {
        return new Step(here.key(), true, () -> {
            long began = System.currentTimeMillis();
            Optional<Follower.Sent> sent;
            try {
                sent = sides.follower().put(here, there);
            } catch (CopyFailed e) {
                return stillWritten(here, there, e);
            }
            if (sent.isPresent()) {
                return Optional.of(
                        arrived(settled(sent.get().writer(), began), sent.get().follower()));
            }
            counts.changed(here.key(), 0);
            if (there.isPresent()) {
                sides.follower().delete(there.get());
            }
            return Optional.empty();
        });
    }

    /**
     * Compared at once, where the next pass will know it again: so less is left for the one that everybody waits for, and none comes
     * after that.
     */
    private Twin arrived(Item here, Item there) {
        if (terms.proves() && !here.stamp().isEmpty() && objects.compare(here, there) instanceof Verdict.Same same) {
            if (terms.closed()) {
                counts.changedForGood(here.key(), here.size());
                return same(here, there, same);
            }
            counts.changed(here.key(), here.size());
            return twin(here, there, same.content());
        }
        counts.changed(here.key(), here.size());
        return twin(here, there, "");
    }

    /** The next pass brings over what was changed each time that it was read, unless nobody can have changed it. */
    private Optional<Twin> stillWritten(Item here, Optional<Item> there, CopyFailed failed) {
        if (terms.closed() || !(failed.getCause() instanceof ObjectChanged)) {
            throw failed;
        }
        counts.changed(here.key(), 0);
        return there.map(follower -> twin(unknown(here), follower, ""));
    }

    private Step delete(Item there, boolean ours) {
        if (!ours) {
            throw Foreign.object(sides.follower().place(), there.key());
        }
        return new Step(there.key(), true, () -> {
            sides.follower().delete(there);
            counts.changed(there.key(), 0);
            return Optional.empty();
        });
    }

    private Step keep(Item here, Item there, Twin known) {
        boolean proved = !known.proof().isEmpty() && terms.proof() != PassTerms.Proof.ALL;
        if (proved || !terms.proves()) {
            return new Step(here.key(), false, () -> {
                if (proved) {
                    tally.same(name(), here.key(), new Verdict.Same(here.size(), known.proof(), /* read= */ false));
                }
                return Optional.of(twin(here, there, known.proof()));
            });
        }
        return new Step(
                here.key(),
                false,
                () -> Optional.of(
                        switch (objects.compare(here, there)) {
                            case Verdict.Same same -> same(here, there, same);
                            case Verdict.Different different -> {
                                tally.different(Side.BOTH, here.key(), different.detail());
                                counts.changed(here.key(), 0);
                                // The next pass brings it over.
                                yield twin(unknown(here), there, "");
                            }
                            case Verdict.Unknown unknown -> {
                                tally.unknown(here.key(), unknown.why());
                                yield twin(here, there, "");
                            }
                        }));
    }

    private Step compare(Item here, Item there) {
        return new Step(here.key(), false, () -> {
            long began = System.currentTimeMillis();
            return Optional.of(
                    switch (objects.compare(here, there)) {
                        case Verdict.Same same -> same(settled(here, began), there, same);
                        case Verdict.Different _, Verdict.Unknown _ ->
                            throw Foreign.object(sides.follower().place(), here.key());
                    });
        });
    }

    private Twin same(Item here, Item there, Verdict.Same verdict) {
        tally.same(name(), here.key(), verdict);
        return twin(here, there, verdict.content());
    }

    private Twin twin(Item here, Item there, String proof) {
        return Twin.of(direction, here, there, proof);
    }

    /** Of a file that was written just now, another change may have the same times. */
    private Item settled(Item here, long now) {
        boolean justNow = isFolder()
                && !terms.closed()
                && Folder.written(here).minus(Duration.ofMillis(now)).abs().compareTo(TICK) < 0;
        return justNow ? unknown(here) : here;
    }

    private static Item unknown(Item item) {
        return new Item(item.key(), item.size(), "", item.tag());
    }

    private String name() {
        return sides.writer().name();
    }
}
