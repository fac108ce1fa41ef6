package dev.slipway.objects.follow;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.FolderLock;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.PairPlace;
import dev.slipway.migration.exception.StoreUnreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What is remembered of two stores of which one follows the other, beside the manifest of the copy that came before. */
final class PairNotes {
    private static final String STATE = "follow/state.json";

    private final PairPlace place;
    private final CopyNotes notes;

    PairNotes(PairPlace place) {
        this.place = place;
        this.notes = place.notes();
    }

    PairPlace place() {
        return place;
    }

    /** Of the copy, and of what goes the same way later. */
    CopyNotes copies(Direction direction) {
        return direction == Direction.FORTH ? notes : new CopyNotes(notes.artifacts(), notes.key("back"));
    }

    Twins twins() {
        return new Twins(notes);
    }

    Intents intents() {
        return new Intents(notes);
    }

    /** Empty where nothing follows. */
    Optional<FollowState> state() {
        return attempt(() -> json().find(notes.key(STATE), FollowState.class));
    }

    void save(FollowState state) {
        attempt(() -> {
            json().write(notes.key(STATE), state);
            return state;
        });
    }

    /** What both sides have as the same stays known. */
    void end() {
        delete(notes.key(STATE));
    }

    /** Nothing stays known: what is on the target is not the copy's any more. */
    void forget() {
        end();
        attempt(() -> {
            for (String each : notes.artifacts().list(notes.key(""))) {
                if (!each.equals(FolderLock.FILE)) {
                    notes.artifacts().delete(each);
                }
            }
            return notes;
        });
    }

    private void delete(String key) {
        attempt(() -> {
            notes.artifacts().delete(key);
            return key;
        });
    }

    private JsonArtifacts json() {
        return new JsonArtifacts(notes.artifacts());
    }

    /** Work on notes. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T attempt(Work<T> work) {
        try {
            return work.run();
        } catch (IOException | UncheckedIOException e) {
            throw new StoreUnreachable(
                    "keep notes of what follows in " + place.name(),
                    "it failed (" + e.getMessage() + ")",
                    "make that place writable, and see that there is room",
                    e);
        }
    }
}
