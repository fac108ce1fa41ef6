package dev.slipway.objects.copy;

import dev.slipway.objects.manifest.Manifest;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.manifest.Pass;
import dev.slipway.objects.manifest.Segment;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.place.ObjectPlace;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes through a range's segments: first those that an earlier call has listed, then what is left of the listing. */
final class RangeCopy {
    /** Few enough to do again what a call was at when it was killed. */
    private static final int MOST_OBJECTS = 1000;

    private static final long MOST_BYTES = 1L << 30;

    private final ObjectPlace source;
    private final Manifest manifest;
    private final Pass pass;
    private final int number;
    private final Work work;
    private final Before before;
    private KeyRange rest;
    private int next;
    private boolean ended;

    RangeCopy(ObjectPlace source, Manifest manifest, Pass pass, int number, Work work) {
        this.source = source;
        this.manifest = manifest;
        this.pass = pass;
        this.number = number;
        this.work = work;
        this.rest = pass.ranges().get(number);
        this.before = new Before(manifest.objects(pass.number() - 1, number));
    }

    /** What is done with the segments. */
    interface Work {
        void done(Segment segment);

        void left(Segment segment, int range, boolean begunBefore, List<Noted> before);
    }

    void run() {
        manifest.segments(pass.number(), number).forEachRemaining(this::goOn);
        if (!ended) {
            list();
        }
    }

    private void goOn(Segment segment) {
        List<Noted> old = take(segment);
        if (segment.objects().stream().allMatch(Noted::hasArrived)) {
            work.done(segment);
        } else {
            work.left(segment, number, /* begunBefore= */ true, old);
        }
    }

    private List<Noted> take(Segment segment) {
        next = segment.number() + 1;
        ended = segment.ends();
        segment.keys().last().ifPresent(last -> rest = rest.from(last));
        return before.take(segment.keys());
    }

    private void list() {
        try (Listing listing = source.list(rest)) {
            do {
                Segment segment = segment(listing);
                List<Noted> old = take(segment);
                manifest.listed(pass.number(), number, segment);
                work.left(segment, number, /* begunBefore= */ false, old);
            } while (!ended);
        }
    }

    private Segment segment(Listing listing) {
        List<Noted> objects = new ArrayList<>();
        long bytes = 0;
        while (listing.hasNext() && objects.size() < MOST_OBJECTS && bytes < MOST_BYTES) {
            Item item = listing.next();
            objects.add(new Noted(item, "", ""));
            bytes += item.size();
        }
        boolean last = !listing.hasNext();
        Optional<String> end =
                last ? rest.last() : Optional.of(objects.getLast().key());
        return new Segment(next, new KeyRange(rest.after(), end), last, objects);
    }

    /** What the pass before has noted, in order. */
    private static final class Before {
        private final Iterator<Noted> noted;
        private @Nullable Noted head;

        Before(Iterator<Noted> noted) {
            this.noted = noted;
            advance();
        }

        List<Noted> take(KeyRange keys) {
            List<Noted> taken = new ArrayList<>();
            while (head != null && !keys.isPast(head.key())) {
                taken.add(head);
                advance();
            }
            return taken;
        }

        private void advance() {
            try {
                head = noted.hasNext() ? noted.next() : null;
            } catch (NoSuchElementException e) {
                head = null;
            }
        }
    }
}
