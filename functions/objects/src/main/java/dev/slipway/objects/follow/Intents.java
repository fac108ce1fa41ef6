package dev.slipway.objects.follow;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * The keys under which a pass is about to change something on the follower, noted before it does. What a pass that was ended has left
 * there may be as it was or as it was to be, and is ours.
 */
final class Intents {
    private static final String NAMES = "follow/intents/";

    private final CopyNotes notes;
    private final List<String> noted = new ArrayList<>();

    Intents(CopyNotes notes) {
        this.notes = notes;
    }

    void add(List<String> keys) throws IOException {
        byte[] json = StrictJson.mapper().writeValueAsBytes(keys);
        String name = notes.key(NAMES + UUID.randomUUID());
        noted.add(name);
        notes.artifacts().write(name, out -> out.write(json));
    }

    /** Of passes that did not end. */
    Left left() throws IOException {
        LongStream.Builder marks = LongStream.builder();
        noted.addAll(notes.artifacts().list(notes.key(NAMES)));
        for (String each : noted) {
            Optional<InputStream> found = notes.artifacts().read(each);
            if (found.isPresent()) {
                try (InputStream in = found.get()) {
                    for (String key : StrictJson.mapper().readValue(in.readAllBytes(), String[].class)) {
                        marks.add(mark(key));
                    }
                }
            }
        }
        return new Left(marks.build().sorted().toArray());
    }

    /** Those that were left, and those of this pass. */
    void clear() throws IOException {
        for (String each : noted) {
            notes.artifacts().delete(each);
        }
        noted.clear();
    }

    /** Eight bytes of a key: a million are few megabytes. */
    private static long mark(String key) {
        return ByteBuffer.wrap(Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    /** A set of keys. */
    static final class Left {
        static final Left NONE = new Left(new long[0]);

        private final long[] marks;

        private Left(long[] marks) {
            this.marks = marks;
        }

        boolean isEmpty() {
            return marks.length == 0;
        }

        boolean has(String key) {
            return !isEmpty() && Arrays.binarySearch(marks, mark(key)) >= 0;
        }
    }
}
