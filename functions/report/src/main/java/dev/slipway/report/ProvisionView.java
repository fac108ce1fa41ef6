package dev.slipway.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What provisioning changed, as texts. */
record ProvisionView(String stack, String summary, List<Row> changes, List<Slow> slowest) {
    private static final int SLOWEST = 10;

    static ProvisionView of(ProvisionReport report) {
        return new ProvisionView(
                report.stack(),
                summary(report),
                report.changes().stream().map(Row::of).toList(),
                report.times().stream()
                        .sorted(Comparator.comparingDouble(ProvisionReport.Time::seconds)
                                .reversed())
                        .limit(SLOWEST)
                        .map(Slow::of)
                        .toList());
    }

    boolean hasChanges() {
        return !changes.isEmpty();
    }

    boolean hasTimes() {
        return !slowest.isEmpty();
    }

    private static String summary(ProvisionReport report) {
        if (report.changes().isEmpty()) {
            return "Nothing: the stack was already as planned.";
        }
        return Arrays.stream(ProvisionReport.Action.values())
                .filter(action -> report.count(action) > 0)
                .map(action -> Units.count(report.count(action)) + " " + past(action))
                .collect(Collectors.joining(", ", "", " in one stack" + ending(report.ending())));
    }

    private static String ending(ProvisionReport.Ending ending) {
        return switch (ending) {
            case BEGUN -> ": that was begun, and not seen to its end.";
            case DONE -> ".";
            case UNDONE -> ": one of them failed, and all of it was undone.";
        };
    }

    private static String past(ProvisionReport.Action action) {
        return switch (action) {
            case ADD -> "added";
            case MODIFY -> "modified";
            case REPLACE -> "replaced";
            case REMOVE -> "removed";
        };
    }

    /** One resource. */
    record Row(String name, String type, String action) {
        static Row of(ProvisionReport.Change change) {
            return new Row(change.name(), change.type(), change.action().name().toLowerCase(Locale.ROOT));
        }
    }

    /** One that took long. */
    record Slow(String name, String type, String took) {
        static Slow of(ProvisionReport.Time time) {
            return new Slow(time.name(), time.type(), Units.duration(time.seconds()));
        }
    }
}
