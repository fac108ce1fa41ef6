package dev.slipway.report;

import dev.slipway.report.TimeAxis.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The states as horizontal bars, one row a state; the visits of a loop share a row. */
record TimelineView(String caption, List<Tick> ticks, List<Row> rows) {
    /** A bar below this percentage of the width shows that something was, but not how long. */
    private static final double READABLE = 1;

    static Optional<TimelineView> of(Report report) {
        Map<String, List<StateVisit>> byState = report.timeline().stream()
                .collect(Collectors.groupingBy(StateVisit::state, LinkedHashMap::new, Collectors.toList()));
        if (byState.isEmpty()) {
            return Optional.empty();
        }
        List<Duration> totals = byState.values().stream()
                .map(visits -> Row.total(visits, report.ended()))
                .toList();
        return Optional.of(
                isReadable(totals, report.duration()) ? linear(report, byState) : logarithmic(report, byState, totals));
    }

    private static boolean isReadable(List<Duration> totals, Duration whole) {
        long unreadable = totals.stream()
                .filter(it -> 100.0 * it.toMillis() / Math.max(1, whole.toMillis()) < READABLE)
                .count();
        return unreadable * 2 <= totals.size();
    }

    private static TimelineView linear(Report report, Map<String, List<StateVisit>> byState) {
        TimeAxis axis = new TimeAxis(report.started(), report.started(), report.ended());
        List<Row> rows = byState.entrySet().stream()
                .map(it -> Row.of(it.getKey(), it.getValue(), report, bars(axis, it.getValue(), report.ended())))
                .toList();
        return new TimelineView("Time since the start, on a linear scale.", axis.ticks(), rows);
    }

    private static List<Bar> bars(TimeAxis axis, List<StateVisit> visits, Instant until) {
        return visits.stream()
                .map(it -> Bar.between(
                        axis.percent(it.entered()),
                        axis.percent(it.exited().orElse(until)),
                        Badge.of(it.outcome()).tone()))
                .toList();
    }

    private static TimelineView logarithmic(
            Report report, Map<String, List<StateVisit>> byState, List<Duration> totals) {
        LogAxis axis = LogAxis.upTo(totals);
        List<Row> rows = byState.entrySet().stream()
                .map(it -> {
                    double end = axis.percent(Row.total(it.getValue(), report.ended()));
                    String tone = Badge.of(it.getValue().getLast().outcome()).tone();
                    return Row.of(it.getKey(), it.getValue(), report, List.of(Bar.between(0, end, tone)));
                })
                .toList();
        return new TimelineView(
                "How long each state took, on a logarithmic scale, because the states differ so much.",
                axis.ticks(),
                rows);
    }

    /** A state and its visits. */
    record Row(String state, String at, String took, String note, Badge badge, List<Bar> bars) {
        static Row of(String state, List<StateVisit> visits, Report report, List<Bar> bars) {
            return new Row(
                    state,
                    Page.time(visits.getFirst().entered()),
                    Units.duration(total(visits, report.ended())),
                    note(visits),
                    Badge.of(visits.getLast().outcome()),
                    bars);
        }

        static Duration total(List<StateVisit> visits, Instant until) {
            return visits.stream().map(it -> it.lasted(until)).reduce(Duration.ZERO, Duration::plus);
        }

        private static String note(List<StateVisit> visits) {
            int tries = visits.stream().mapToInt(StateVisit::tries).max().orElse(1);
            if (visits.size() > 1) {
                return visits.size() + " visits";
            }
            return tries > 1 ? tries + " tries" : "";
        }
    }

    /** A bar in percent of the width. */
    record Bar(String x, String width, String tone) {
        private static final double NARROWEST = 0.6;

        static Bar between(double from, double to, String tone) {
            double width = Math.max(NARROWEST, to - from);
            return new Bar(Svg.number(Math.min(from, 100 - width)), Svg.number(width), tone);
        }
    }
}
