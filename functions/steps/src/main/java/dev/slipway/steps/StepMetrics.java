package dev.slipway.steps;

import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** What the steps measure, by app, in the one namespace. */
final class StepMetrics {
    private static final String NAMESPACE = "Slipway";

    private StepMetrics() {}

    static void put(String app, String name, double value, MetricUnit unit) {
        MetricsFactory.getMetricsInstance()
                .flushSingleMetric(name, value, unit, NAMESPACE, DimensionSet.of("App", app));
    }
}
