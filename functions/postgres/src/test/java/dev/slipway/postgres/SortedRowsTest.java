package dev.slipway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SortedRowsTest {
    @Test
    void readsTheEscapesOfAKeyAndLeavesTheOtherFieldsAlone() {
        SortedRows.Row row = row("a\\tb\\\\c\\n\tx\\ty\t\\N\n", 1);
        assertThat(row.keyText(0)).isEqualTo("a\tb\\c\n");
        assertThat(new String(row.field(1), StandardCharsets.UTF_8)).isEqualTo("x\\ty");
        assertThat(new String(row.field(2), StandardCharsets.UTF_8)).isEqualTo("\\N");
    }

    @Test
    void ordersKeysByTheirBytesAsTheCCollationDoes() {
        assertThat(row("a\\n\tx\n", 1).compareKey(row("a \tx\n", 1))).isNegative();
        assertThat(row("Z\tx\n", 1).compareKey(row("a\tx\n", 1))).isNegative();
        assertThat(row("\u00e4\tx\n", 1).compareKey(row("z\tx\n", 1))).isPositive();
        assertThat(row("a\tb\tx\n", 2).compareKey(row("a\tc\tx\n", 2))).isNegative();
        assertThat(row("a\tb\tx\n", 2).compareKey(row("a\tb\ty\n", 2))).isZero();
    }

    private static SortedRows.Row row(String line, int keys) {
        return SortedRows.Row.parse(line.getBytes(StandardCharsets.UTF_8), keys);
    }
}
