package dev.slipway.local.router;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

/** Keeps what is published. */
final class FakeCloudWatch implements CloudWatchClient {
    final List<MetricDatum> data = new CopyOnWriteArrayList<>();

    @Override
    public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
        data.addAll(request.metricData());
        return PutMetricDataResponse.builder().build();
    }

    double sum(String name, String dimension) {
        return of(name, dimension).stream().mapToDouble(MetricDatum::value).sum();
    }

    double samples(String name, String dimension) {
        return of(name, dimension).stream()
                .mapToDouble(datum -> datum.statisticValues().sampleCount())
                .sum();
    }

    private List<MetricDatum> of(String name, String dimension) {
        return data.stream()
                .filter(datum -> datum.metricName().equals(name))
                .filter(datum -> datum.dimensions().getFirst().value().equals(dimension))
                .toList();
    }

    @Override
    public String serviceName() {
        return "monitoring";
    }

    @Override
    public void close() {}
}
