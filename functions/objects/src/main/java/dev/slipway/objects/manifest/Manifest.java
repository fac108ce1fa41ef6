package dev.slipway.objects.manifest;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.place.KeyRange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What the copies of one pair of places have noted. A segment is written when it has been listed, and again when all of it is done; so a
 * later call neither lists nor sends it again. A pass that is finished stays until the one after it is, which tells by it what has
 * changed and what on the target is ours.
 */
public final class Manifest {
    private static final String LISTED = ".listed.gz";
    private static final String DONE = ".done.gz";

    private final CopyNotes notes;

    public Manifest(CopyNotes notes) {
        this.notes = notes;
    }

    /**
     * The pass that is to be worked on: the newest, where it was begun under the same ground and did not end; otherwise one more, with
     * the same ranges.
     *
     * @param ranges of the first one
     */
    public Pass next(String ground, Supplier<List<KeyRange>> ranges) {
        Optional<Pass> newest = pass();
        if (newest.isEmpty()) {
            return new Pass(1, ground, ranges.get(), false);
        }
        Pass last = newest.get();
        boolean goesOn = !last.finished() && last.ground().equals(ground);
        return goesOn ? last : new Pass(last.number() + 1, ground, last.ranges(), false);
    }

    /** The newest pass. */
    public Optional<Pass> pass() {
        return attempt(() -> {
            Optional<InputStream> found = notes.artifacts().read(notes.key("pass.json"));
            if (found.isEmpty()) {
                return Optional.<Pass>empty();
            }
            try (InputStream in = found.get()) {
                return Optional.of(StrictJson.mapper().readValue(in.readAllBytes(), Pass.class));
            }
        });
    }

    public void begin(Pass pass) {
        attempt(() -> {
            byte[] json = StrictJson.mapper().writeValueAsBytes(pass);
            notes.artifacts().write(notes.key("pass.json"), out -> out.write(json));
            return pass;
        });
    }

    /** The pass is what the next one builds on; what it was built on is not needed any more. */
    public void finish(Pass pass) {
        begin(pass.done());
        attempt(() -> {
            String newest = folder(pass.number());
            for (String each : notes.artifacts().list(notes.key("pass-"))) {
                if (!each.startsWith(newest)) {
                    notes.artifacts().delete(each);
                }
            }
            for (String each : notes.artifacts().list(notes.key("claim-"))) {
                notes.artifacts().delete(each);
            }
            return pass;
        });
    }

    /** Whether all of a range was done. */
    public boolean isDone(int pass, int range) {
        List<String> names = names(pass, range);
        return !names.isEmpty()
                && names.stream().noneMatch(name -> name.endsWith(LISTED))
                && read(names.getLast()).ends();
    }

    public void listed(int pass, int range, Segment segment) {
        write(name(pass, range, segment.number()) + LISTED, segment);
    }

    public void done(int pass, int range, Segment segment) {
        write(name(pass, range, segment.number()) + DONE, segment);
        attempt(() -> {
            notes.artifacts().delete(name(pass, range, segment.number()) + LISTED);
            return segment;
        });
    }

    /** The range's segments in order, each read when it is its turn; up to the first gap. */
    public Iterator<Segment> segments(int pass, int range) {
        Set<String> names = Set.copyOf(names(pass, range));
        List<String> inOrder = new ArrayList<>();
        for (int number = 0; ; number++) {
            String name = name(pass, range, number);
            if (names.contains(name + DONE)) {
                inOrder.add(name + DONE);
            } else if (names.contains(name + LISTED)) {
                inOrder.add(name + LISTED);
            } else {
                return inOrder.stream().map(this::read).iterator();
            }
        }
    }

    private List<String> names(int pass, int range) {
        return attempt(() -> notes.artifacts().list(folder(pass) + "%04d/".formatted(range)));
    }

    /** All that a pass has noted of a range, in order. */
    public Iterator<Noted> objects(int pass, int range) {
        Iterator<Segment> segments = segments(pass, range);
        return Stream.generate(() -> segments)
                .takeWhile(Iterator::hasNext)
                .flatMap(each -> each.next().objects().stream())
                .iterator();
    }

    private void write(String key, Segment segment) {
        attempt(() -> {
            notes.artifacts().write(key, out -> {
                try (Writer text = new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8)) {
                    text.write(StrictJson.mapper()
                            .writeValueAsString(
                                    new Segment(segment.number(), segment.keys(), segment.ends(), List.of())));
                    for (Noted each : segment.objects()) {
                        text.write("\n" + StrictJson.mapper().writeValueAsString(each));
                    }
                }
            });
            return key;
        });
    }

    private Segment read(String key) {
        return attempt(() -> {
            InputStream in = notes.artifacts()
                    .read(key)
                    .orElseThrow(() ->
                            new IOException("the note " + notes.artifacts().location(key) + " is gone"));
            try (BufferedReader text =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
                Segment head = StrictJson.mapper().readValue(text.readLine(), Segment.class);
                List<Noted> objects = new ArrayList<>();
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                    objects.add(StrictJson.mapper().readValue(line, Noted.class));
                }
                return new Segment(head.number(), head.keys(), head.ends(), objects);
            }
        });
    }

    private String name(int pass, int range, int number) {
        return folder(pass) + "%04d/%07d".formatted(range, number);
    }

    private String folder(int pass) {
        return notes.key("pass-%04d/".formatted(pass));
    }

    /** Work on notes. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T attempt(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new StoreUnreachable(
                    "keep notes of a copy in " + notes.artifacts().location(notes.prefix()),
                    "it failed (" + e.getMessage() + ")",
                    "make it writable, or remove what is in it: the target is compared then",
                    e);
        }
    }
}
