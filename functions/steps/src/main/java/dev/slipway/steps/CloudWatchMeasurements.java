package dev.slipway.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/**
 * Reads an Application Load Balancer's metrics; what it had to answer itself because no target did counts as a server error, too
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).
 */
final class CloudWatchMeasurements implements LoadBalancerMeasurements {
    private static final String ALB = "AWS/ApplicationELB";

    private final CloudWatchClient cloudWatch;

    CloudWatchMeasurements(CloudWatchClient cloudWatch) {
        this.cloudWatch = cloudWatch;
    }

    @Override
    public Measured between(String loadBalancer, Instant from, Instant to) {
        int period = Duration.between(from, to).toSeconds() >= 120 ? 60 : 1;
        Map<String, Double> sums = cloudWatch
                .getMetricData(request -> request.startTime(from)
                        .endTime(to)
                        .metricDataQueries(
                                sum("requests", ALB, "RequestCount", loadBalancer, period),
                                sum("errors", ALB, "HTTPCode_Target_5XX_Count", loadBalancer, period),
                                sum("unreached", ALB, "HTTPCode_ELB_5XX_Count", loadBalancer, period),
                                sum("refusals", "Slipway", "ReadOnlyRefusals", loadBalancer, period)))
                .metricDataResults()
                .stream()
                .collect(Collectors.toMap(MetricDataResult::id, CloudWatchMeasurements::total));
        long unreached = rounded(sums, "unreached");
        return new Measured(
                rounded(sums, "requests") + unreached, rounded(sums, "errors") + unreached, rounded(sums, "refusals"));
    }

    private static MetricDataQuery sum(String id, String namespace, String name, String loadBalancer, int period) {
        Dimension dimension =
                Dimension.builder().name("LoadBalancer").value(loadBalancer).build();
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(statistic -> statistic
                        .metric(metric ->
                                metric.namespace(namespace).metricName(name).dimensions(dimension))
                        .period(period)
                        .stat("Sum"))
                .build();
    }

    private static double total(MetricDataResult result) {
        return result.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static long rounded(Map<String, Double> sums, String id) {
        return Math.round(sums.getOrDefault(id, 0.0));
    }
}
