package dev.slipway.worker.text;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;

/** Lays rows out in columns that together are as wide as the output; what is longer goes on below, in its column. */
public final class TextTable {
    private static final int GAP = 2;
    private static final int USUAL_INDENT = 2;

    /** Narrower, a column would hold no word. */
    private static final int NARROWEST = 10;

    private TextTable() {}

    /** Rows of plain text. */
    public static String of(Look look, List<List<String>> rows) {
        return ofTexts(
                look,
                USUAL_INDENT,
                rows.stream()
                        .map(row -> row.stream().map(cell -> look.text(cell)).toList())
                        .toList());
    }

    /** Each line ended; nothing where there is no row. */
    static String ofTexts(Look look, int indent, List<List<Text>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        int[] natural = widths(rows);
        int room = look.columns() - indent - GAP * (natural.length - 1);
        int[] widths = fitted(natural, room);
        Help.TextTable table = Help.TextTable.forColumns(look.scheme(), columns(indent, widths));
        rows.forEach(row -> {
            table.addEmptyRow();
            int top = table.rowCount() - 1;
            IntStream.range(0, row.size()).forEach(column -> {
                List<Text> lines = TextLines.of(row.get(column), widths[column]);
                while (table.rowCount() < top + lines.size()) {
                    table.addEmptyRow();
                }
                IntStream.range(0, lines.size()).forEach(line -> table.putValue(top + line, column, lines.get(line)));
            });
        });
        return table.toString();
    }

    private static int[] widths(List<List<Text>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .filter(row -> column < row.size())
                        .mapToInt(row -> TextLines.width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
    }

    /** The widest give way until all have room; most of it is for the last, which holds the sentences. */
    static int[] fitted(int[] wanted, int room) {
        int[] natural = wanted.clone();
        if (Arrays.stream(natural).sum() > room) {
            for (int column = 0; column < natural.length - 1; column++) {
                natural[column] = Math.min(natural[column], Math.max(NARROWEST, room / 3));
            }
        }
        int widest = Arrays.stream(natural).max().orElse(0);
        int most = widest;
        while (most > Math.max(1, room / natural.length) && sum(natural, most) > room) {
            most--;
        }
        int limit = most;
        int[] fitted =
                Arrays.stream(natural).map(width -> Math.min(width, limit)).toArray();
        int left = room - Arrays.stream(fitted).sum();
        for (int column = fitted.length - 1; column >= 0 && left > 0; column--) {
            int more = Math.min(left, wanted[column] - fitted[column]);
            fitted[column] += more;
            left -= more;
        }
        return fitted;
    }

    private static int sum(int[] natural, int most) {
        return Arrays.stream(natural).map(width -> Math.min(width, most)).sum();
    }

    /** A column of the library's begins with its indent. */
    private static Column[] columns(int first, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> {
                    int indent = column == 0 ? first : GAP;
                    return new Column(Math.max(1, widths[column]) + indent, indent, Overflow.TRUNCATE);
                })
                .toArray(Column[]::new);
    }
}
