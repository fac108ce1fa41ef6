package dev.slipway.postgres.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextRowTest {
    @Test
    void readsTheEscapesOfAValue() {
        TextRow row = row("a\\tb\\\\c\\n\tx\\ty\tz\u00e4\n", 3);
        assertThat(row.value(0)).isEqualTo("a\tb\\c\n");
        assertThat(row.value(1)).isEqualTo("x\ty");
        assertThat(row.value(2)).isEqualTo("z\u00e4");
    }

    @Test
    void comparesFieldsAsTheyAreWritten() {
        TextRow row = row("a\t\\N\t\n", 3);
        assertThat(row.isEqual(0, row("b\ta\n", 2))).isFalse();
        assertThat(row.isEqual(0, row("a\tb\n", 2))).isTrue();
        assertThat(row.isEqual(1, row("b\t\\N\n", 2))).isTrue();
        assertThat(row.isEqual(2, row("\t\\N\t\n", 3)))
                .as("an empty text is equal to an empty one")
                .isTrue();
        assertThat(row.isEqual(1, row("x\t\\\\N\n", 2)))
                .as("NULL is not a text that looks like it")
                .isFalse();
    }

    private static TextRow row(String line, int fields) {
        return TextRow.parse(line.getBytes(StandardCharsets.UTF_8), fields);
    }
}
