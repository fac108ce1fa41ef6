package dev.slipway.report;

import dev.slipway.report.TimeAxis.Tick;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the traffic moved: charts on one axis of time, and the gate's decisions as a table. */
record ShiftView(List<Tick> ticks, List<Panel> panels, List<WeightRow> rows) {

    static Optional<ShiftView> of(Report report) {
        List<Instant> times = Stream.concat(
                        report.shift().stream().map(WeightStep::at),
                        report.traffic().stream().map(TrafficSecond::at))
                .sorted()
                .toList();
        if (times.isEmpty()) {
            return Optional.empty();
        }
        TimeAxis axis = new TimeAxis(report.started(), times.getFirst(), times.getLast());
        List<WeightStep> steps = report.shift().stream()
                .sorted(Comparator.comparing(WeightStep::at))
                .toList();
        List<TrafficBucket> traffic = TrafficBucket.of(report.traffic());
        List<Panel> panels = Stream.of(
                        ShiftPanels.weights(axis, steps, traffic),
                        ShiftPanels.errors(axis, steps, traffic),
                        ShiftPanels.requests(axis, traffic))
                .flatMap(Optional::stream)
                .toList();
        return Optional.of(new ShiftView(axis.ticks(), panels, WeightRow.of(steps)));
    }

    boolean hasRows() {
        return !rows.isEmpty();
    }

    /** A chart: lines and areas in a box of 1000 by 100, and dots in percent. */
    record Panel(
            String id,
            String title,
            String description,
            String top,
            List<Legend> legend,
            List<Layer> layers,
            List<Dot> dots) {}

    /** What a colour of the chart means. */
    record Legend(String css, String text) {}

    /** A line or an area. */
    record Layer(String css, String path) {}

    /** A decision. */
    record Dot(String x, String y, String tone, String text) {}
}
