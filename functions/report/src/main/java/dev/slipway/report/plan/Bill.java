package dev.slipway.report.plan;

import dev.slipway.migration.plan.Cost;
import java.util.List;

/** What the target costs, as texts. */
record Bill(String asOf, String region, List<Line> lines, String sum) {
    static Bill of(Cost cost) {
        return new Bill(
                cost.pricesAsOf(),
                cost.region(),
                cost.lines().stream()
                        .map(line -> new Line(line.item(), line.quantity(), Words.dollars(line.monthlyUsd())))
                        .toList(),
                Words.dollars(cost.monthlyUsd()));
    }

    /** What, how much of it, and dollars a month. */
    record Line(String item, String quantity, String dollars) {}
}
