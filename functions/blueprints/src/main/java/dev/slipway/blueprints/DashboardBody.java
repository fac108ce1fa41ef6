package dev.slipway.blueprints;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.StrictJson;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JSON of a dashboard: rows of graphs below a text, on a grid of 24 columns.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html">CloudWatch's
 *     page of it</a>
 */
final class DashboardBody {
    private static final int COLUMNS = 24;
    private static final int HEIGHT = 6;
    private static final int TEXT_HEIGHT = 3;

    private final ObjectNode body = StrictJson.mapper().createObjectNode();
    private final ArrayNode widgets = body.putArray("widgets");
    private int y;

    /**
     * What has metrics.
     *
     * @param dimensions their names and values, by turns
     * @param label how it is called in a legend
     */
    record Subject(String namespace, List<String> dimensions, String label) {
        Line line(String metric, String statistic) {
            return new Line(this, metric, statistic, label);
        }
    }

    /**
     * A line of a graph.
     *
     * @param statistic e.g. {@code Average}
     */
    record Line(Subject subject, String metric, String statistic, String label) {}

    /** A graph, which is not drawn without lines. */
    record Graph(String title, List<Line> lines) {
        /** The same metric of each. */
        static Graph of(String title, List<Subject> subjects, String metric, String statistic) {
            return new Graph(
                    title,
                    subjects.stream()
                            .map(subject -> subject.line(metric, statistic))
                            .toList());
        }
    }

    void text(String markdown) {
        place("text", 0, COLUMNS, TEXT_HEIGHT).put("markdown", markdown);
        y += TEXT_HEIGHT;
    }

    void row(Graph... graphs) {
        List<Graph> drawn =
                Stream.of(graphs).filter(graph -> !graph.lines().isEmpty()).toList();
        for (int index = 0; index < drawn.size(); index++) {
            int width = COLUMNS / drawn.size();
            draw(drawn.get(index), place("metric", index * width, width, HEIGHT));
        }
        y += drawn.isEmpty() ? 0 : HEIGHT;
    }

    private static void draw(Graph graph, ObjectNode properties) {
        properties.put("title", graph.title());
        properties.put("view", "timeSeries");
        properties.put("region", "${AWS::Region}");
        properties.put("period", 60);
        ArrayNode metrics = properties.putArray("metrics");
        for (Line line : graph.lines()) {
            ArrayNode metric =
                    metrics.addArray().add(line.subject().namespace()).add(line.metric());
            line.subject().dimensions().forEach(metric::add);
            metric.addObject().put("label", line.label()).put("stat", line.statistic());
        }
        properties.putObject("yAxis").putObject("left").put("min", 0);
    }

    /** The properties of a widget at the height that is reached. */
    private ObjectNode place(String type, int x, int width, int height) {
        ObjectNode widget = widgets.addObject();
        widget.put("type", type).put("x", x).put("y", y).put("width", width).put("height", height);
        return widget.putObject("properties");
    }

    /** With references to the target's resources in it. */
    String json() {
        return body.toString();
    }
}
