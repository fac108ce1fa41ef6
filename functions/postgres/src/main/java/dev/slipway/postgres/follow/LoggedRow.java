package dev.slipway.postgres.follow;

import java.util.List;

/** The columns' values, as text. */
record LoggedRow(List<Value> values) {
    LoggedRow {
        values = List.copyOf(values);
    }

    sealed interface Value {}

    record Text(String text) implements Value {}

    record Null() implements Value {}

    /** A long one that is as it was, and that the log does not repeat. */
    record Unchanged() implements Value {}
}
