package dev.slipway.local.account;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Tables beside the tests: a line a row, with bars between its columns, and comments. */
final class Table {
    private Table() {}

    static Stream<List<String>> rows(String name) {
        return rowsOf(text(name));
    }

    static Stream<List<String>> rowsOf(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).map(line -> List.of(line.split(" \\| ", -1)));
    }

    static String text(String name) {
        try (InputStream file = Objects.requireNonNull(Table.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
