package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;

/**
 * How the traffic will move.
 *
 * @param weights the new side's weights in order, the last is 100
 * @param everySeconds how long each is baked
 * @param errorShare the largest share of 5xx answers that allows the next weight, 0 to 1
 * @param responseTimeMs the slowest mean response that allows it, where one is asked for
 * @param certificate ARN of the load balancer's; empty: one is made for the record
 * @param failures measurements in a row that may fail before the run goes back
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PlannedTraffic(
        Optional<String> zone,
        Optional<String> record,
        List<Integer> weights,
        long everySeconds,
        double errorShare,
        Optional<Long> responseTimeMs,
        Optional<String> certificate,
        int failures) {
    public PlannedTraffic {
        weights = List.copyOf(weights);
    }
}
