package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.migration.Following.Lag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

class LagMetricsTest {
    private final Sent sent = new Sent();
    private final AtomicLong seconds = new AtomicLong(1_000_000);
    private final LagMetrics metrics =
            new LagMetrics(new WorkerMetrics(sent), "shop", "postgres", () -> Instant.ofEpochSecond(seconds.get()));

    @Test
    void measuresWhatIsMissingByAppAndStore() {
        metrics.accept(new Lag(7, 9, Optional.of(Duration.ofMillis(1_500)), /* flowing= */ true));

        assertThat(sent.data)
                .extracting(datum -> datum.metricName() + " " + datum.value())
                .containsExactlyInAnyOrder("BehindBytes 7.0", "KeptBytes 9.0", "Stalled 0.0", "BehindSeconds 1.5");
        assertThat(sent.data)
                .allSatisfy(datum -> assertThat(datum.dimensions())
                        .extracting(Dimension::name, Dimension::value)
                        .containsExactlyInAnyOrder(tuple("App", "shop"), tuple("Store", "postgres")));
    }

    @Test
    void saysThatATargetTakesNothingInAndNoTimeThatWasNotMeasured() {
        metrics.accept(new Lag(7, 9, Optional.empty(), /* flowing= */ false));

        assertThat(sent.data)
                .extracting(datum -> datum.metricName() + " " + datum.value())
                .containsExactlyInAnyOrder("BehindBytes 7.0", "KeptBytes 9.0", "Stalled 1.0");
    }

    @Test
    void measuresOnceAMinute() {
        for (int i = 0; i < 121; i++) {
            metrics.accept(new Lag(i, 0, Optional.empty(), /* flowing= */ true));
            seconds.incrementAndGet();
        }

        assertThat(sent.data)
                .filteredOn(datum -> datum.metricName().equals("BehindBytes"))
                .extracting(MetricDatum::value)
                .containsExactly(0.0, 60.0, 120.0);
    }

    /** What CloudWatch was sent. */
    private static final class Sent implements CloudWatchClient {
        private final List<MetricDatum> data = new ArrayList<>();

        @Override
        public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
            assertThat(request.namespace()).isEqualTo("Slipway");
            data.addAll(request.metricData());
            return PutMetricDataResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return CloudWatchClient.SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
