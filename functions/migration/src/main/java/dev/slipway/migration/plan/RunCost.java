package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.util.List;

/**
 * What one run costs and how long it takes, as far as it can be told before it.
 *
 * @param seconds from its start to the end of the cutover
 * @param steps in their order; they add up to {@code seconds}
 * @param lines they add up to {@code usd}
 * @param assumptions what was not measured or said but taken
 */
public record RunCost(BigDecimal usd, long seconds, List<Step> steps, List<Line> lines, List<String> assumptions) {
    public RunCost {
        steps = List.copyOf(steps);
        lines = List.copyOf(lines);
        assumptions = List.copyOf(assumptions);
    }

    /** A part of the run, how long it takes, and what that is reckoned from. */
    public record Step(String name, long seconds, String basis) {}

    /** Something that the run pays for. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Line(String service, String item, String quantity, BigDecimal usd) {}
}
