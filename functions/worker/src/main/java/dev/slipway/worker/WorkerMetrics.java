package dev.slipway.worker;

import dev.slipway.migration.Following.Lag;
import dev.slipway.migration.StoreResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/** What a worker measured, by app and store. A lost metric does not fail the work. */
record WorkerMetrics(CloudWatchClient cloudWatch) {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMetrics.class);

    void put(String app, StoreResult result) {
        List<Dimension> dimensions = List.of(
                dimension("App", app),
                dimension("Store", result.store()),
                dimension("Verb", result.verb().word()));
        double seconds = Duration.between(result.started(), result.ended()).toMillis() / 1000.0;
        put(List.of(
                datum("Items", (double) result.items(), StandardUnit.COUNT, dimensions),
                datum("Bytes", (double) result.bytes(), StandardUnit.BYTES, dimensions),
                datum("Seconds", seconds, StandardUnit.SECONDS, dimensions)));
    }

    /** How far a target is behind, what the source keeps for it, and 1 where it takes nothing in. */
    void put(String app, String store, Lag lag) {
        List<Dimension> dimensions = List.of(dimension("App", app), dimension("Store", store));
        List<MetricDatum> data = new ArrayList<>(List.of(
                datum("BehindBytes", (double) lag.bytes(), StandardUnit.BYTES, dimensions),
                datum("KeptBytes", (double) lag.kept(), StandardUnit.BYTES, dimensions),
                datum("Stalled", lag.flowing() ? 0.0 : 1.0, StandardUnit.NONE, dimensions)));
        lag.behind()
                .map(behind -> datum("BehindSeconds", behind.toMillis() / 1000.0, StandardUnit.SECONDS, dimensions))
                .ifPresent(data::add);
        put(data);
    }

    private void put(List<MetricDatum> data) {
        try {
            cloudWatch.putMetricData(request -> request.namespace("Slipway").metricData(data));
        } catch (SdkException e) {
            LOG.warn("Metrics were lost: {}", e.getMessage());
        }
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private static MetricDatum datum(String name, double value, StandardUnit unit, List<Dimension> dimensions) {
        return MetricDatum.builder()
                .metricName(name)
                .value(value)
                .unit(unit)
                .dimensions(dimensions)
                .build();
    }
}
