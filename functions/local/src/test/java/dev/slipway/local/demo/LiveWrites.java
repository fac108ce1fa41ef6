package dev.slipway.local.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What people write again and again, and what each write that was acknowledged leaves.
 *
 * @param prefix of the texts, which no other kind's have
 * @param page where they are posted
 * @param pause between one writer's writes
 * @param place where the texts are found
 * @param key which key each has beside it, by the text's id
 * @param object which file or object
 */
record LiveWrites(
        String prefix,
        String page,
        Duration pause,
        Place place,
        Optional<UnaryOperator<String>> key,
        Optional<UnaryOperator<String>> object) {
    static final Duration LEISURE = Duration.ofMillis(200);
    static final Duration HASTE = Duration.ofMillis(10);

    /** Where texts are, each with an id. */
    sealed interface Place {
        /** Two columns of a table of Postgres. */
        record Rows(String table, String id, String text) implements Place {}

        /** A field of the entries of a stream of Redis. */
        record Entries(String stream, String field) implements Place {}
    }

    LiveWrites withKey(UnaryOperator<String> ofId) {
        return new LiveWrites(prefix, page, pause, place, Optional.of(ofId), object);
    }

    LiveWrites withObject(UnaryOperator<String> ofId) {
        return new LiveWrites(prefix, page, pause, place, key, Optional.of(ofId));
    }

    static LiveWrites of(String prefix, String page, Duration pause, Place place) {
        return new LiveWrites(prefix, page, pause, place, Optional.empty(), Optional.empty());
    }
}
