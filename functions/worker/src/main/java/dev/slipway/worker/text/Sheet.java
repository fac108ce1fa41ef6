package dev.slipway.worker.text;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;

/** Lines below titles. */
final class Sheet {
    private static final int INDENT = 2;

    private final StringBuilder lines = new StringBuilder();
    private final Look look;

    Sheet(Look look) {
        this.look = look;
    }

    Look look() {
        return look;
    }

    /** A title after an empty line, unless it is the first. */
    void title(String title, Style... styles) {
        if (!lines.isEmpty()) {
            lines.append(System.lineSeparator());
        }
        List<Style> all = new ArrayList<>(List.of(Style.bold));
        all.addAll(List.of(styles));
        table(0, List.of(List.of(look.text(title, all.toArray(Style[]::new)))));
    }

    /** A sentence below a title. */
    void say(String sentence, Style... styles) {
        table(INDENT, List.of(List.of(look.text(sentence, styles))));
    }

    /** A table below a title. */
    void table(List<List<Text>> rows) {
        table(INDENT, rows);
    }

    /** The same below a row of faint headings. */
    void table(List<String> headings, List<List<Text>> rows) {
        List<List<Text>> all = new ArrayList<>();
        all.add(headings.stream()
                .map(heading -> look.text(heading, Style.faint))
                .toList());
        all.addAll(rows);
        table(all);
    }

    /** A table below a sentence. */
    void inner(List<List<Text>> rows) {
        table(2 * INDENT, rows);
    }

    private void table(int indent, List<List<Text>> rows) {
        lines.append(TextTable.ofTexts(look, indent, rows));
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
