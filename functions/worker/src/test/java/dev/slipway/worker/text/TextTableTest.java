package dev.slipway.worker.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class TextTableTest {
    private static final List<List<String>> ROWS = List.of(
            List.of("store", "postgres 15", "becomes a database that is looked after by somebody else, day and night"),
            List.of("a-service-of-a-rather-long-name", "x", "short"),
            List.of(
                    "",
                    "",
                    "https://user:${PASSWORD}@a-rather-long-host-name.example.com:5432/a/path/of/some/length?q=1"));

    @Test
    void givesEachRowALineWhereThereIsRoom() {
        assertThat(TextTable.of(Look.PLAIN, List.of(List.of("a", "bb"), List.of("ccc", "d"))))
                .isEqualTo("  a    bb\n  ccc  d\n");
        assertThat(TextTable.of(Look.PLAIN, ROWS).lines()).hasSize(3);
        assertThat(TextTable.of(Look.PLAIN, List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120})
    void isNoWiderThanTheTerminalAndLosesNothing(int columns) {
        String table = TextTable.of(new Look(columns, Ansi.OFF), ROWS);
        assertThat(table.lines()).allMatch(line -> line.length() <= columns);
        for (String cell : ROWS.stream().flatMap(List::stream).toList()) {
            cell.chars()
                    .filter(letter -> letter != ' ')
                    .distinct()
                    .forEach(letter -> assertThat(count(table, letter))
                            .isEqualTo(count(ROWS.toString(), letter) - (letter == ',' ? 8 : 0)));
        }
    }

    private static long count(String text, int letter) {
        return text.chars().filter(it -> it == letter).count();
    }

    @Test
    void keepsTheColumnsApartWhereSeveralGoOnBelow() {
        String table = TextTable.of(
                new Look(40, Ansi.OFF), List.of(List.of("one two three four five", "six seven eight nine ten eleven")));
        assertThat(table).isEqualTo("  one two       six seven eight nine ten\n  three four    eleven\n  five\n");
    }

    @Test
    void breaksBetweenWordsAndAUrlAfterItsMarks() {
        String table = TextTable.of(
                new Look(40, Ansi.OFF), List.of(List.of("see https://docs.example.com/a/long/path/to/it.html now")));
        assertThat(table).isEqualTo("  see\n  https://docs.example.com/a/long/path/\n  to/it.html now\n");
    }

    @Test
    void countsWideLettersAndTearsNoPair() {
        String wide = "\u6F22".repeat(50) + "\uD83D\uDE00".repeat(60);
        String table = TextTable.of(new Look(40, Ansi.OFF), List.of(List.of(wide)));
        assertThat(table.replaceAll("\\s", "")).isEqualTo(wide);
        assertThat(table.lines())
                .allSatisfy(line -> assertThat(line.charAt(line.length() - 1))
                        .matches(letter -> !Character.isHighSurrogate(letter)));
    }
}
