package dev.slipway.report;

import dev.slipway.migration.Finding;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the page's template shows, as texts. */
record Page(
        String app,
        int attempt,
        Optional<String> execution,
        Badge outcome,
        String meaning,
        String started,
        String ended,
        List<Tile> tiles,
        List<Answer> answers,
        Optional<Report.Failure> failure,
        Optional<TimelineView> timeline,
        List<StoreRow> stores,
        Optional<ProvisionView> provision,
        Optional<ShiftView> shift,
        List<Report.Leftover> leftovers,
        List<Finding> warnings) {

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    static Page of(Report report) {
        return new Page(
                report.app(),
                report.attempt(),
                report.execution(),
                Badge.of(report.outcome()),
                meaning(report.outcome()),
                DATE_TIME.format(report.started()),
                DATE_TIME.format(report.ended()),
                Tile.of(report),
                Answer.of(report),
                report.failure(),
                TimelineView.of(report),
                report.stores().stream().map(StoreRow::of).toList(),
                report.provision().map(ProvisionView::of),
                ShiftView.of(report),
                report.leftovers(),
                report.warnings());
    }

    boolean hasStores() {
        return !stores.isEmpty();
    }

    boolean hasAttention() {
        return hasLeftovers() || hasWarnings();
    }

    boolean hasLeftovers() {
        return !leftovers.isEmpty();
    }

    boolean hasWarnings() {
        return !warnings.isEmpty()
                || stores.stream().anyMatch(it -> !it.findings().isEmpty());
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    private static String meaning(Report.Outcome outcome) {
        return switch (outcome) {
            case COMPLETE -> "The target takes the app’s writes and all of its traffic.";
            case ROLLED_BACK -> "The source takes the app’s writes and all of its traffic, as before.";
            case FAILED ->
                "The attempt stopped and so did its rollback: check which side takes the app’s writes before anything else.";
        };
    }
}
