package dev.slipway.worker;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Details;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Severity;
import dev.slipway.worker.text.Look;
import dev.slipway.worker.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was found of a store, as a page: what it is and has, then what stands in the way. */
final class InspectionPage {
    private final List<String> lines = new ArrayList<>();

    static String of(Inspection source, Optional<Inspection> target, List<Finding> findings) {
        InspectionPage page = new InspectionPage();
        page.side("source", source);
        target.ifPresent(inspection -> page.side("target", inspection));
        page.findings("blocker", "a copy would fail or lose something", findings, Severity.BLOCKER);
        page.findings("warning", "what a person should know", findings, Severity.WARNING);
        if (target.isEmpty()) {
            page.lines.add("Name the target as well to see what stands between the two.");
        }
        return String.join("\n", page.lines);
    }

    private void side(String side, Inspection inspection) {
        lines.add(StoreLines.of(side, inspection));
        table(rows(inspection.details()));
        lines.add("");
    }

    private static List<List<String>> rows(Details details) {
        List<List<String>> rows = new ArrayList<>();
        details.all().stream()
                .filter(detail -> !detail.text().isEmpty() && !detail.text().equals(Detail.NONE))
                .forEach(detail -> rows.add(List.of(label(detail), detail.text())));
        String none = details.all().stream()
                .filter(detail -> detail.text().equals(Detail.NONE))
                .map(InspectionPage::label)
                .collect(Collectors.joining(", "));
        if (!none.isEmpty()) {
            rows.add(List.of(Detail.NONE, none));
        }
        return rows;
    }

    private static String label(Detail detail) {
        return detail.name().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private void findings(String noun, String meaning, List<Finding> findings, Severity severity) {
        List<List<String>> rows = findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(finding -> List.of(finding.subject(), finding.message()))
                .toList();
        String count = rows.isEmpty() ? "no" : String.valueOf(rows.size());
        lines.add(count + " " + noun + (rows.size() == 1 ? "" : "s") + (rows.isEmpty() ? "" : ": " + meaning));
        table(rows);
        lines.add("");
    }

    private void table(List<List<String>> rows) {
        TextTable.of(Look.PLAIN, rows).lines().forEach(lines::add);
    }
}
