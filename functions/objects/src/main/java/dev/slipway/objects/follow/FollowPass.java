package dev.slipway.objects.follow;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.Progress;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyMerge;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.place.ReadRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Lists both sides, and brings over what differs from what was noted of them. What the follower had before the pass stays noted until
 * all of it is done; so a pass that was ended is gone through again. In memory are a thousand objects.
 */
final class FollowPass {
    private static final int BATCH = 1000;
    private static final int AT_ONCE = 32;

    private final Sides sides;
    private final PairNotes notes;
    private final Intents intents;
    private final PassTerms terms;
    private final PassCounts counts = new PassCounts();

    FollowPass(Sides sides, PassTerms terms) {
        this.sides = sides;
        this.notes = sides.pair().notes();
        this.intents = notes.intents();
        this.terms = terms;
    }

    /** @throws dev.slipway.migration.exception.FollowFailed if somebody else has put an object on the follower */
    Found run() {
        long began = System.nanoTime();
        return told("bring changes of " + sides.writer().name() + " to " + place(), () -> {
            FollowState state = sides.state().now();
            Intents.Left left = left();
            ObjectSteps steps = new ObjectSteps(sides, terms, terms.closed() || state.modesChanged(), left, counts);
            merge(steps);
            if (counts.changed() > 0 || !left.isEmpty()) {
                sides.follower().changed();
            }
            sides.hold().require();
            intents.clear();
            if (!terms.closed()) {
                boolean knowsModes = sides.pair().direction() == Direction.FORTH;
                sides.state().save(state.afterPass(System.currentTimeMillis(), counts.missing(), knowsModes));
            }
            return new Found(
                    counts.changed(),
                    counts.unproved(),
                    counts.last(),
                    counts.missing(),
                    steps.comparison(),
                    Duration.ofNanos(System.nanoTime() - began));
        });
    }

    /** Where all of the follower may be replaced, nothing on it has to be known again. */
    private Intents.Left left() throws IOException {
        return sides.pair().ownsFollower() ? Intents.Left.NONE : intents.left();
    }

    /** What a bucket lists is asked for before the twins are. */
    private void merge(ObjectSteps steps) throws IOException {
        try (Listing writing = sides.writer().list(KeyRange.ALL);
                Listing following = sides.follower().place().list(KeyRange.ALL);
                Twins.Reader twins = notes.twins().read();
                BoundedTasks tasks = new BoundedTasks("objects-follow", AT_ONCE)) {
            KeyMerge<Item, Item, Twin> rows = new KeyMerge<>(writing, following, twins);
            notes.twins().write(sink -> {
                while (rows.hasNext()) {
                    for (Twin twin : batch(rows, steps, tasks)) {
                        sink.add(twin);
                    }
                }
            });
        }
    }

    private List<Twin> batch(KeyMerge<Item, Item, Twin> rows, ObjectSteps steps, BoundedTasks tasks)
            throws IOException {
        onward();
        List<ObjectSteps.Step> batch = new ArrayList<>();
        while (rows.hasNext() && batch.size() < BATCH) {
            KeyMerge.Row<Item, Item, Twin> row = rows.next();
            row.first().ifPresent(here -> counts.saw(here.size()));
            batch.add(steps.of(row));
        }
        noteIntents(batch);
        ConcurrentSkipListMap<Integer, Twin> done = new ConcurrentSkipListMap<>();
        for (int i = 0; i < batch.size(); i++) {
            int number = i;
            tasks.run(() -> take(batch.get(number), number, done));
        }
        tasks.await();
        terms.progress().report(new Progress.Amount(sides.writer().name(), counts.seen(), 0, counts.seenBytes(), 0));
        return List.copyOf(done.values());
    }

    private void noteIntents(List<ObjectSteps.Step> batch) throws IOException {
        List<String> keys = batch.stream()
                .filter(ObjectSteps.Step::changes)
                .map(ObjectSteps.Step::key)
                .toList();
        if (!keys.isEmpty() && !sides.pair().ownsFollower()) {
            intents.add(keys);
        }
    }

    private void take(ObjectSteps.Step step, int number, ConcurrentSkipListMap<Integer, Twin> done) {
        onward();
        told("bring '" + step.key() + "' to " + place(), () -> {
            step.work().run().ifPresent(twin -> done.put(number, twin));
            return number;
        });
    }

    private void onward() {
        terms.onward().run();
        sides.hold().require();
    }

    private String place() {
        return sides.follower().place().name();
    }

    /** Work on both sides. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T told(String what, Work<T> work) {
        try {
            return work.run();
        } catch (ReadRefused e) {
            throw e.inWords("; the next pass brings it");
        } catch (SdkException e) {
            throw new CopyFailed(
                    what,
                    "S3 answered '" + e.getMessage() + "'",
                    "check the rights of these credentials and the bucket's policy",
                    e);
        } catch (IOException | UncheckedIOException e) {
            throw new StoreUnreachable(
                    what,
                    "it could not be read or written (" + e.getMessage() + ")",
                    "check that both sides answer, and the rights on both",
                    e);
        }
    }
}
