package dev.slipway.local.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/**
 * Publishes what a load balancer publishes, under the names of
 * docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html and like it only counts that
 * are not zero, but each second, because a local run has no minutes to spare. The old side's figures, and the writes that a
 * read-only side refused, are in the product's own namespace.
 */
final class Publisher {
    private static final String BALANCERS = "AWS/ApplicationELB";
    private static final String OURS = "Slipway";
    private static final int EVERY_SECOND = 1;

    private final CloudWatchClient cloudWatch;
    private final Balancers balancers;

    Publisher(CloudWatchClient cloudWatch, Balancers balancers) {
        this.cloudWatch = cloudWatch;
        this.balancers = balancers;
    }

    void publish(List<Tally.Second> seconds) {
        List<MetricDatum> ofBalancers = new ArrayList<>();
        List<MetricDatum> ofOurs = new ArrayList<>();
        for (Tally.Second second : seconds) {
            switch (second.side()) {
                case Side.Old old -> ofOurs.addAll(counts(second, dimension("Side", "old")));
                case Side.Balanced balanced -> {
                    ofBalancers.addAll(counts(second, dimension("LoadBalancer", balanced.loadBalancer())));
                    ofBalancers.addAll(hosts(second, balanced.loadBalancer()));
                }
            }
            if (second.refusals() > 0) {
                ofOurs.add(count(second, "ReadOnlyRefusals", second.refusals(), List.of(dimensionOf(second.side()))));
            }
        }
        put(BALANCERS, ofBalancers);
        put(OURS, ofOurs);
    }

    private void put(String namespace, List<MetricDatum> data) {
        if (!data.isEmpty()) {
            cloudWatch.putMetricData(request -> request.namespace(namespace).metricData(data));
        }
    }

    private static Dimension dimensionOf(Side side) {
        return switch (side) {
            case Side.Old old -> dimension("Side", "old");
            case Side.Balanced balanced -> dimension("LoadBalancer", balanced.loadBalancer());
        };
    }

    private static List<MetricDatum> counts(Tally.Second second, Dimension dimension) {
        List<MetricDatum> data = new ArrayList<>();
        Map.of(
                        "RequestCount", second.requests(),
                        "HTTPCode_Target_2XX_Count", second.successes(),
                        "HTTPCode_Target_5XX_Count", second.targetErrors(),
                        "HTTPCode_ELB_5XX_Count", second.balancerErrors())
                .forEach((name, value) -> {
                    if (value > 0) {
                        data.add(count(second, name, value, List.of(dimension)));
                    }
                });
        if (second.timed() > 0) {
            data.add(responseTime(second, dimension));
        }
        return data;
    }

    private List<MetricDatum> hosts(Tally.Second second, String loadBalancer) {
        List<MetricDatum> data = new ArrayList<>();
        balancers.groupsOf(loadBalancer).forEach((arn, targets) -> {
            List<Dimension> dimensions = List.of(
                    dimension("TargetGroup", arn.substring(arn.lastIndexOf(':') + 1)),
                    dimension("LoadBalancer", loadBalancer));
            long healthy = Balancer.inState(targets, "healthy").size();
            data.add(count(second, "HealthyHostCount", healthy, dimensions));
            data.add(count(second, "UnHealthyHostCount", targets.size() - healthy, dimensions));
        });
        return data;
    }

    private static MetricDatum count(Tally.Second second, String name, long value, List<Dimension> dimensions) {
        return MetricDatum.builder()
                .metricName(name)
                .timestamp(second.at())
                .value((double) value)
                .unit(StandardUnit.COUNT)
                .storageResolution(EVERY_SECOND)
                .dimensions(dimensions)
                .build();
    }

    private static MetricDatum responseTime(Tally.Second second, Dimension dimension) {
        return MetricDatum.builder()
                .metricName("TargetResponseTime")
                .timestamp(second.at())
                .statisticValues(StatisticSet.builder()
                        .sampleCount((double) second.timed())
                        .sum(second.sum())
                        .minimum(second.shortest())
                        .maximum(second.longest())
                        .build())
                .unit(StandardUnit.SECONDS)
                .storageResolution(EVERY_SECOND)
                .dimensions(dimension)
                .build();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
