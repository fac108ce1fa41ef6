package dev.slipway.migration.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the traffic moves over. The steps are those of the ProStudio guide: 10 percent every 5 minutes.
 *
 * @param zone the hosted zone, e.g. {@code crpschool.com}
 * @param record the name that users call, e.g. {@code api.crpschool.com}
 * @param by percent that the new side's weight rises at a step, 1 to 100
 * @param every how long each weight is baked
 * @param failures how many measurements in a row may fail a gate before the run goes back
 * @param certificate ARN of the load balancer's; empty: one is made for the record
 * @param paths which service answers which paths on the load balancer, e.g. {@code auth-service → /auth/*}
 */
public record Traffic(
        Optional<String> zone,
        Optional<String> record,
        int by,
        Duration every,
        int failures,
        Gates gates,
        Optional<String> certificate,
        Map<String, List<String>> paths) {
    public static final Traffic DEFAULT = new Traffic(
            Optional.empty(),
            Optional.empty(),
            10,
            Duration.ofMinutes(5),
            1,
            Gates.DEFAULT,
            Optional.empty(),
            Map.of());

    public Traffic {
        if (by < 1 || by > 100) {
            throw new IllegalArgumentException("a step is 1 to 100 percent, not " + by);
        }
        paths = Collections.unmodifiableMap(new LinkedHashMap<>(paths));
    }

    /** The new side's weights in order. The last is 100 whatever {@code by} is: 30 gives 30, 60, 90, 100. */
    public List<Integer> weights() {
        List<Integer> weights = new ArrayList<>();
        for (int weight = by; weight < 100; weight += by) {
            weights.add(weight);
        }
        weights.add(100);
        return List.copyOf(weights);
    }
}
