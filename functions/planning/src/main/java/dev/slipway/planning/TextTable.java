package dev.slipway.planning;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lays rows out in columns. The last column is as wide as it likes. */
public final class TextTable {
    /** A wider cell does not push the next column away for all rows. */
    private static final int WIDEST = 36;

    private TextTable() {}

    public static List<String> lines(List<List<String>> rows) {
        return rows.stream().map(row -> line(rows, row)).toList();
    }

    private static String line(List<List<String>> rows, List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> padded(row.get(column), width(rows, column)))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - cell.length()));
    }
}
