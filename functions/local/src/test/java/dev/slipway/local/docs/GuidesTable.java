package dev.slipway.local.docs;

import dev.slipway.local.docs.GuideLine.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables of docs/guides.md, read.
 *
 * @param sums the rows of the table that stands before the first guide
 * @param lines those of all guides
 * @param problems what cannot be read, each with the number of its line
 */
record GuidesTable(List<List<String>> sums, List<GuideLine> lines, List<String> problems) {
    private static final String ANSWER = "`[^`]+`|\\*[^*]+\\*";
    private static final Pattern ANSWERS = Pattern.compile("(?:%1$s)(?:, (?:%1$s))*".formatted(ANSWER));
    private static final Pattern PROOF = Pattern.compile("(\\w+)\\.(\\w+)");
    private static final Pattern TEMPLATE_LINE = Pattern.compile("([\\w.-]+\\.ya?ml): (.+)");

    static GuidesTable of(String text) {
        GuidesTable table = new GuidesTable(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        String guide = "";
        String section = "";
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith("## ")) {
                guide = line.substring(3);
                section = "";
            } else if (line.startsWith("### ")) {
                section = line.substring(4);
            } else if (line.startsWith("|") && !line.startsWith("| line |") && !line.startsWith("|---")) {
                table.add(guide, section, cells(line), "line " + number + ": ");
            }
        }
        return table;
    }

    private static List<String> cells(String row) {
        String inside = row.substring(1, row.endsWith("|") ? row.length() - 1 : row.length());
        return Stream.of(inside.split("\\|", -1)).map(String::strip).toList();
    }

    private void add(String guide, String section, List<String> cells, String where) {
        if (guide.isEmpty()) {
            sums.add(cells);
        } else if (section.isEmpty()) {
            problems.add(where + "stands in no section");
        } else if (cells.size() != 3) {
            problems.add(where + "has " + cells.size() + " cells instead of 3");
        } else if (cells.stream().anyMatch(String::isEmpty)) {
            problems.add(where + "has an empty cell");
        } else if (!ANSWERS.matcher(cells.get(1)).matches()) {
            problems.add(where + "answers '" + cells.get(1) + "', which is no list of `…` and *…*");
        } else {
            lines.add(new GuideLine(guide, section, cells.get(0), answers(cells.get(1), where), cells.get(2)));
        }
    }

    private List<Answer> answers(String cell, String where) {
        List<Answer> answers = new ArrayList<>();
        Pattern.compile(ANSWER).matcher(cell).results().map(MatchResult::group).forEach(answer -> {
            String inside = answer.substring(1, answer.length() - 1);
            var proof = PROOF.matcher(inside);
            var line = TEMPLATE_LINE.matcher(inside);
            if (answer.equals("*a person*")) {
                answers.add(new Answer.Person());
            } else if (answer.equals("*not yet*")) {
                answers.add(new Answer.NotYet());
            } else if (answer.startsWith("`") && line.matches()) {
                answers.add(new Answer.TemplateLine(line.group(1), line.group(2)));
            } else if (answer.startsWith("`") && proof.matches()) {
                answers.add(new Answer.Proof(proof.group(1), proof.group(2)));
            } else {
                problems.add(where + answer + " is neither a test, a line of a template, *a person* nor *not yet*");
            }
        });
        return List.copyOf(answers);
    }
}
