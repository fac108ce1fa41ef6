package dev.slipway.report.plan;

import dev.slipway.migration.plan.RunCost;
import java.util.List;

/** What one run takes and costs, as texts. */
record RunCells(String lasts, String sum, List<Step> steps, List<Line> lines, List<String> assumptions) {
    static RunCells of(RunCost run) {
        return new RunCells(
                Words.seconds(run.seconds()),
                Words.dollars(run.usd()),
                run.steps().stream()
                        .map(step -> new Step(step.name(), Words.seconds(step.seconds()), step.basis()))
                        .toList(),
                run.lines().stream()
                        .map(line -> new Line(line.service(), line.item(), line.quantity(), Words.dollars(line.usd())))
                        .toList(),
                run.assumptions());
    }

    /** A part of the run. */
    record Step(String name, String lasts, String basis) {}

    /** Something that the run pays for. */
    record Line(String service, String item, String quantity, String dollars) {}
}
