package dev.slipway.report;

import dev.slipway.report.Plot.Point;
import dev.slipway.report.ShiftView.Dot;
import dev.slipway.report.ShiftView.Layer;
import dev.slipway.report.ShiftView.Legend;
import dev.slipway.report.ShiftView.Panel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The charts of a shift. A chart without data is not drawn. */
final class ShiftPanels {
    private static final Duration ENDLESS = Duration.ofDays(3650);
    private static final double[] ROUND = {1, 2, 5, 10};

    private ShiftPanels() {}

    static Optional<Panel> weights(TimeAxis axis, List<WeightStep> steps, List<TrafficBucket> traffic) {
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        Plot plot = new Plot(axis, 100);
        List<Layer> layers = new ArrayList<>();
        layers.add(plot.area("area new", stairs(axis, steps), ENDLESS));
        layers.add(plot.line("line new", stairs(axis, steps), ENDLESS));
        List<Legend> legend = new ArrayList<>(List.of(new Legend("new", "weight set")));
        if (!traffic.isEmpty()) {
            layers.add(line(plot, "line measured", traffic, it -> 100.0 * it.newRequests() / it.requests()));
            legend.add(new Legend("measured", "share of the requests it answered"));
        }
        return Optional.of(new Panel(
                "weights", "Weight of the new side", describe(steps), "100 %", legend, layers, dots(plot, steps)));
    }

    static Optional<Panel> errors(TimeAxis axis, List<WeightStep> steps, List<TrafficBucket> traffic) {
        List<Point> gate = steps.stream()
                .flatMap(step -> step.errorShare().map(it -> new Point(step.at(), it)).stream())
                .toList();
        List<TrafficBucket> asked =
                traffic.stream().filter(it -> it.requests() > 0).toList();
        if (gate.isEmpty() && asked.isEmpty()) {
            return Optional.empty();
        }
        double highest = Stream.concat(
                        gate.stream().map(Point::value), asked.stream().map(ShiftPanels::errorShare))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double max = Math.min(1, round(Math.max(0.01, highest)));
        Plot plot = new Plot(axis, max);
        List<Layer> layers = asked.isEmpty()
                ? List.of(plot.line("line bad", gate, ENDLESS))
                : List.of(
                        plot.area("area bad", points(asked, ShiftPanels::errorShare), gap(asked)),
                        plot.line("line bad", points(asked, ShiftPanels::errorShare), gap(asked)));
        String description = "The highest share of failed requests was " + Units.percent(highest) + ".";
        String top = Svg.number(100 * max) + " %";
        return Optional.of(
                new Panel("errors", "Share of failed requests", description, top, List.of(), layers, List.of()));
    }

    static Optional<Panel> requests(TimeAxis axis, List<TrafficBucket> traffic) {
        if (traffic.isEmpty()) {
            return Optional.empty();
        }
        double highest = traffic.stream()
                .mapToDouble(it -> it.perSecond(it.requests()))
                .max()
                .orElse(0);
        double max = round(Math.max(1, highest));
        Plot plot = new Plot(axis, max);
        List<Layer> layers = List.of(
                plot.area("area new solid", points(traffic, it -> it.perSecond(it.requests())), gap(traffic)),
                plot.area("area old solid", points(traffic, it -> it.perSecond(it.oldRequests())), gap(traffic)),
                plot.line("line refused", points(traffic, it -> it.perSecond(it.refusals())), gap(traffic)));
        List<Legend> legend = List.of(
                new Legend("old", "old side"),
                new Legend("new", "new side"),
                new Legend("refused", "writes refused while both were read-only"));
        String description = "At most " + Svg.number(highest) + " requests a second.";
        return Optional.of(
                new Panel("requests", "Requests a second", description, Svg.number(max), legend, layers, List.of()));
    }

    /** A weight holds from the moment it was set until the next one is; before the first the new side has none. */
    private static List<Point> stairs(TimeAxis axis, List<WeightStep> steps) {
        List<Point> stairs = new ArrayList<>();
        int weight = 0;
        stairs.add(new Point(axis.from(), weight));
        for (WeightStep step : steps) {
            stairs.add(new Point(step.at(), weight));
            weight = step.weight();
            stairs.add(new Point(step.at(), weight));
        }
        stairs.add(new Point(axis.to(), weight));
        return stairs;
    }

    private static List<Dot> dots(Plot plot, List<WeightStep> steps) {
        return steps.stream()
                .map(it -> new Dot(
                        Svg.number(plot.axis().percent(it.at())),
                        plot.percentFromTop(it.weight()),
                        Badge.of(it.decision()).tone(),
                        Page.time(it.at()) + ": " + it.weight() + " %, "
                                + Badge.of(it.decision()).text()))
                .toList();
    }

    private static String describe(List<WeightStep> steps) {
        List<String> weights = steps.stream().map(it -> it.weight() + " %").toList();
        return "The gate decided at the weights " + String.join(", ", weights)
                + "; the table below says what it measured.";
    }

    private static double errorShare(TrafficBucket bucket) {
        return (double) bucket.errors() / bucket.requests();
    }

    private static Layer line(
            Plot plot, String css, List<TrafficBucket> traffic, ToDoubleFunction<TrafficBucket> value) {
        List<TrafficBucket> asked =
                traffic.stream().filter(it -> it.requests() > 0).toList();
        return plot.line(css, points(asked, value), gap(traffic));
    }

    private static List<Point> points(List<TrafficBucket> traffic, ToDoubleFunction<TrafficBucket> value) {
        return traffic.stream()
                .map(it -> new Point(it.at(), value.applyAsDouble(it)))
                .toList();
    }

    private static Duration gap(List<TrafficBucket> traffic) {
        return traffic.getFirst().width().multipliedBy(3);
    }

    /** The next round number: 1, 2 or 5 by a power of ten. */
    private static double round(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : ROUND) {
            if (value <= factor * power * 1.000001) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
