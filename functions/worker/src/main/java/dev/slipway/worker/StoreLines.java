package dev.slipway.worker;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Repair;
import dev.slipway.migration.StoreKind;
import dev.slipway.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the commands on a store say, as one would read it aloud. */
final class StoreLines {
    private StoreLines() {}

    static String of(String side, Inspection inspection) {
        String held = inspection.empty() ? "empty" : amount(inspection.kind(), inspection.items(), inspection.bytes());
        String version = inspection.version().isEmpty() ? "" : " " + inspection.version();
        return side + ": " + inspection.kind().name().toLowerCase(Locale.ROOT) + version + ", " + held;
    }

    private static String of(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.subject() + " " + finding.message();
    }

    static String of(StoreKind kind, CopyOutcome outcome) {
        return switch (outcome) {
            case CopyOutcome.Copied copied ->
                copied.findings().stream()
                        .map(finding -> "\n" + of(finding))
                        .collect(Collectors.joining("", "copied " + amount(kind, copied.items(), copied.bytes()), ""));
            case CopyOutcome.Skipped skipped -> "skipped: " + skipped.reason();
        };
    }

    static String of(StoreKind kind, Comparison comparison) {
        return switch (comparison) {
            case Comparison.Same same ->
                same.findings().stream()
                        .map(finding -> "\n" + of(finding))
                        .collect(Collectors.joining(
                                "",
                                "same: " + amount(kind, same.items(), same.bytes()) + ", sha256 " + same.digest(),
                                ""));
            case Comparison.Unknown unknown -> "unknown: " + unknown.reason();
            case Comparison.Different different ->
                different.first().stream()
                        .map(StoreLines::of)
                        .collect(Collectors.joining("\n", "different: " + different.total() + "\n", ""));
        };
    }

    static String of(StoreKind kind, Repair repair) {
        List<String> lines = new ArrayList<>();
        repair.done().stream().map(mended -> of(kind, mended)).forEach(lines::add);
        repair.left().stream().map(StoreLines::of).forEach(lines::add);
        lines.add(of(kind, repair.after()));
        return String.join("\n", lines);
    }

    private static String of(StoreKind kind, Repair.Mended mended) {
        return "repaired: " + mended.item()
                + (mended.removed() + mended.written() == 0
                        ? ""
                        : " (" + Units.items(kind, mended.removed()) + " removed, "
                                + Units.items(kind, mended.written()) + " written)");
    }

    private static String of(Comparison.Difference difference) {
        String where = switch (difference.side()) {
            case ONLY_SOURCE -> "only on the source: ";
            case ONLY_TARGET -> "only on the target: ";
            case BOTH -> "";
        };
        return "  " + where + difference.item()
                + (difference.detail().isEmpty() ? "" : " (" + difference.detail() + ")");
    }

    private static String amount(StoreKind kind, long items, long bytes) {
        return Units.items(kind, items) + ", " + Units.bytes(bytes);
    }
}
