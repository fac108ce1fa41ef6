package dev.slipway.report.plan;

import dev.slipway.migration.plan.Cost;
import dev.slipway.report.plan.PlanPage.Table;
import java.util.List;
import java.util.Optional;

/** What the target costs a month, as texts. */
record Bill(
        String asOf,
        String region,
        String source,
        List<Line> lines,
        String sum,
        List<OfSize> sizes,
        Optional<Table<Saving>> savings,
        Optional<Table<Cost.NotPriced>> notPriced,
        List<String> remarks) {
    static Bill of(Cost cost) {
        return new Bill(
                cost.pricesAsOf(),
                cost.region(),
                cost.source(),
                cost.lines().stream().map(Line::of).toList(),
                Words.dollars(cost.monthlyUsd()),
                cost.sizes().stream()
                        .map(size -> new OfSize(Words.lower(size.size()), Words.dollars(size.monthlyUsd())))
                        .toList(),
                Table.of(cost.savings().stream().map(Saving::of).toList()),
                Table.of(cost.notPriced()),
                cost.remarks());
    }

    boolean hasSizes() {
        return !sizes.isEmpty();
    }

    /** What, how much of it, and dollars a month. */
    record Line(String service, String item, String quantity, String unit, String dollars) {
        static Line of(Cost.Line line) {
            return new Line(
                    line.service(),
                    line.item(),
                    line.quantity(),
                    "$" + line.unitUsd().toPlainString() + " a " + line.unit() + " in " + line.region(),
                    Words.dollars(line.monthlyUsd()));
        }
    }

    /** Another size of target. */
    record OfSize(String size, String dollars) {}

    /** What could be taken off. */
    record Saving(String name, String items, String percent, String dollars, String condition, String source) {
        static Saving of(Cost.Saving saving) {
            return new Saving(
                    saving.name(),
                    String.join(", ", saving.items()),
                    saving.percent() + " %",
                    Words.dollars(saving.monthlyUsd()),
                    saving.condition(),
                    saving.source() + ", " + saving.asOf());
        }
    }
}
