package dev.slipway.worker.text;

import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.RunCost;
import dev.slipway.report.plan.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;

/** What the target costs a month, what could be saved of it, and what the run takes and costs. */
final class BillLines {
    private final Cost cost;
    private final Extent extent;
    private final Look look;
    private final Sheet sheet;

    BillLines(Cost cost, Extent extent, Sheet sheet) {
        this.cost = cost;
        this.extent = extent;
        this.look = sheet.look();
        this.sheet = sheet;
    }

    void write() {
        sheet.title("Cost a month, by AWS's prices of " + cost.pricesAsOf() + " in " + cost.region() + " ("
                + cost.source() + ")");
        sheet.table(lines());
        sizes();
        notPriced();
        cost.remarks().forEach(remark -> sheet.say(remark, Style.faint));
        savings();
        run(cost.run());
    }

    /** The dearest first where not all are shown. */
    private List<List<Text>> lines() {
        List<Cost.Line> lines = extent.left(cost.lines()) == 0
                ? cost.lines()
                : cost.lines().stream()
                        .sorted(Comparator.comparing(Cost.Line::monthlyUsd).reversed())
                        .toList();
        List<List<Text>> rows = new ArrayList<>();
        extent.of(lines).forEach(line -> rows.add(row(name(line), line.quantity(), line.monthlyUsd())));
        List<Cost.Line> others = lines.subList(extent.of(lines).size(), lines.size());
        if (!others.isEmpty()) {
            BigDecimal sum = others.stream().map(Cost.Line::monthlyUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
            rows.add(row(others.size() + " smaller ones", "see --all", sum));
        }
        rows.add(List.of(
                look.text("Sum", Style.bold), look.text(""), look.text(Words.dollars(cost.monthlyUsd()), Style.bold)));
        return rows;
    }

    /** A line of a part of the app is named after that part, others need the service that charges them. */
    private static String name(Cost.Line line) {
        boolean ofPart = line.item().contains(": ") || line.item().equals(line.service());
        return ofPart ? line.item() : line.service() + ": " + line.item();
    }

    private void sizes() {
        if (!cost.sizes().isEmpty()) {
            sheet.say("By size of target: "
                    + cost.sizes().stream()
                            .map(size -> Words.lower(size.size()) + " " + Words.dollars(size.monthlyUsd()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private void notPriced() {
        if (!cost.notPriced().isEmpty()) {
            sheet.say("Without a price:");
            sheet.inner(extent.of(cost.notPriced()).stream()
                    .map(item -> List.of(look.text(item.item()), look.text(item.why())))
                    .toList());
        }
    }

    private void savings() {
        if (cost.savings().isEmpty()) {
            return;
        }
        sheet.title("What could be saved of it");
        sheet.table(cost.savings().stream()
                .map(saving -> List.of(
                        look.text(saving.name()),
                        look.text(padded(saving.monthlyUsd())),
                        look.text(saving.percent() + " % off, " + saving.condition())))
                .toList());
    }

    private void run(RunCost run) {
        sheet.title(
                "The run takes about " + Words.seconds(run.seconds()) + " and costs about " + Words.dollars(run.usd()));
        if (extent == Extent.SHORT) {
            sheet.say(run.steps().stream()
                    .map(step -> step.name() + " " + Words.seconds(step.seconds()))
                    .collect(Collectors.joining(", ")));
            return;
        }
        sheet.table(run.steps().stream()
                .map(step -> List.of(
                        look.text(step.name()), look.text(Words.seconds(step.seconds())), look.text(step.basis())))
                .toList());
        sheet.table(run.lines().stream()
                .map(line -> row(line.service() + ", " + line.item(), line.quantity(), line.usd()))
                .toList());
        run.assumptions().forEach(assumption -> sheet.say(assumption, Style.faint));
    }

    private List<Text> row(String item, String quantity, BigDecimal dollars) {
        return List.of(look.text(item), look.text(quantity), look.text(padded(dollars)));
    }

    private String padded(BigDecimal dollars) {
        String amount = Words.dollars(dollars);
        int width = Words.dollars(cost.monthlyUsd()).length();
        return " ".repeat(Math.max(0, width - amount.length())) + amount;
    }
}
