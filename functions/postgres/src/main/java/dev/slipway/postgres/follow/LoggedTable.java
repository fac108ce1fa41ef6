package dev.slipway.postgres.follow;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A table as the log describes it.
 *
 * @param name qualified and quoted
 * @param key which of its columns tell a row; none where all of them do
 */
record LoggedTable(String name, List<String> columns, List<Boolean> key) {
    LoggedTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    boolean hasKey() {
        return key.contains(true);
    }

    List<Integer> keyPlaces() {
        return IntStream.range(0, columns.size()).filter(key::get).boxed().toList();
    }

    List<String> keyColumns() {
        return keyPlaces().stream().map(columns::get).toList();
    }
}
