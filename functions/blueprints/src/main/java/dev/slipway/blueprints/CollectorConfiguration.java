package dev.slipway.blueprints;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.plan.PlannedService;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the collector is told: YAML, of which JSON is a part.
 *
 * @see <a href="https://aws-otel.github.io/docs/getting-started/prometheus-remote-write-exporter">how it writes to Prometheus</a>
 */
final class CollectorConfiguration {
    private static final String ALL = "0.0.0.0:";

    private final String app;
    private final ObjectNode root = StrictJson.mapper().createObjectNode();
    private final ObjectNode receivers = root.putObject("receivers");
    private final ObjectNode exporters = root.putObject("exporters");
    private final ObjectNode extensions = root.putObject("extensions");
    private final ObjectNode service = root.putObject("service");

    CollectorConfiguration(String app) {
        this.app = app;
        extensions.putObject("health_check");
        service.putArray("extensions").add("health_check");
    }

    /** Asks every task of the services each half minute for {@code /metrics}, which is where Prometheus looks by itself. */
    void metrics(List<PlannedService> services) {
        ObjectNode scraping =
                receivers.putObject("prometheus").putObject("config").putObject("global");
        scraping.put("scrape_interval", "30s");
        ObjectNode job = receivers
                .withObject("prometheus")
                .withObject("config")
                .putArray("scrape_configs")
                .addObject();
        job.put("job_name", app);
        ArrayNode names = job.putArray("dns_sd_configs");
        byPort(services).forEach((port, hosts) -> {
            ObjectNode asked = names.addObject();
            hosts.forEach(asked.putArray("names")::add);
            asked.put("type", "A").put("port", port);
        });
        exporters
                .putObject("prometheusremotewrite")
                .put("endpoint", "${Prometheus.PrometheusEndpoint}api/v1/remote_write")
                .putObject("auth")
                .put("authenticator", "sigv4auth");
        extensions.putObject("sigv4auth").put("region", "${AWS::Region}").put("service", "aps");
        service.withArray("extensions").add("sigv4auth");
        pipeline("metrics", List.of("prometheus"), "prometheusremotewrite");
    }

    private SortedMap<Integer, List<String>> byPort(List<PlannedService> services) {
        SortedMap<Integer, List<String>> ports = new TreeMap<>();
        for (PlannedService each : services) {
            each.port()
                    .ifPresent(port -> ports.merge(
                            port,
                            List.of(each.name() + "." + app + ".internal"),
                            (some, more) ->
                                    Stream.concat(some.stream(), more.stream()).toList()));
        }
        return ports;
    }

    /** Takes traces by what the app may speak, and hands them to X-Ray. */
    void traces() {
        ObjectNode otlp = receivers.putObject("otlp").putObject("protocols");
        otlp.putObject("grpc").put("endpoint", ALL + 4317);
        otlp.putObject("http").put("endpoint", ALL + 4318);
        receivers.putObject("zipkin").put("endpoint", ALL + 9411);
        ObjectNode jaeger = receivers.putObject("jaeger").putObject("protocols");
        jaeger.putObject("grpc").put("endpoint", ALL + 14250);
        jaeger.putObject("thrift_http").put("endpoint", ALL + 14268);
        exporters.putObject("awsxray").put("region", "${AWS::Region}");
        pipeline("traces", List.of("otlp", "zipkin", "jaeger"), "awsxray");
    }

    private void pipeline(String kind, List<String> from, String to) {
        ObjectNode pipeline = service.withObject("pipelines").putObject(kind);
        from.forEach(pipeline.putArray("receivers")::add);
        pipeline.putArray("exporters").add(to);
    }

    /** With references to the target's resources in it. */
    String json() {
        return root.toString();
    }
}
