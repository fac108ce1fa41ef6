package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the target costs a month, from a price table in the repository.
 *
 * @param pricesAsOf the table's date
 * @param region the region the prices are for
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Cost(BigDecimal monthlyUsd, String pricesAsOf, String region, List<Line> lines) {
    public Cost {
        lines = List.copyOf(lines);
    }

    /** One line of the bill: what, how much of it, and dollars a month. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Line(String item, String quantity, BigDecimal monthlyUsd) {}
}
