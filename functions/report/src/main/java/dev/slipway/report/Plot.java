package dev.slipway.report;

import dev.slipway.report.ShiftView.Layer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws values over time into a box of 1000 by 100; {@code max} is at its top. */
record Plot(TimeAxis axis, double max) {

    /** A value at a time. */
    record Point(Instant at, double value) {}

    /** A line through the points, interrupted where there is none for longer than {@code gap}. */
    Layer line(String css, List<Point> points, Duration gap) {
        StringBuilder path = new StringBuilder();
        for (List<Point> run : runs(points, gap)) {
            path.append('M').append(join(run));
        }
        return new Layer(css, path.toString());
    }

    /** The area between the points and zero. */
    Layer area(String css, List<Point> points, Duration gap) {
        StringBuilder path = new StringBuilder();
        for (List<Point> run : runs(points, gap)) {
            path.append('M').append(x(run.getFirst())).append(" 100L").append(join(run));
            path.append('L').append(x(run.getLast())).append(" 100Z");
        }
        return new Layer(css, path.toString());
    }

    String percentFromTop(double value) {
        return Svg.number(100 - 100 * Math.min(value, max) / max);
    }

    private String join(List<Point> run) {
        return String.join(
                "L",
                run.stream().map(it -> x(it) + " " + percentFromTop(it.value())).toList());
    }

    private String x(Point point) {
        return Svg.number(10 * axis.percent(point.at()));
    }

    private static List<List<Point>> runs(List<Point> points, Duration gap) {
        List<List<Point>> runs = new ArrayList<>();
        Instant last = Instant.MIN;
        for (Point point : points) {
            if (runs.isEmpty() || last.plus(gap).isBefore(point.at())) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(point);
            last = point.at();
        }
        return runs;
    }
}
