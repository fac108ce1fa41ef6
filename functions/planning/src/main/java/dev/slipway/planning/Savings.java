package dev.slipway.planning;

import dev.slipway.migration.Tables;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.PlannedService;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** What could be taken off the bill, after {@code savings.psv}. */
final class Savings {
    /** In the place of services in the table: tasks that may be stopped at short notice. */
    private static final String SPOT = "spot";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final List<List<String>> rows = Tables.rows(Savings.class, "savings.psv");

    List<Cost.Saving> of(List<Cost.Line> lines, List<PlannedService> services) {
        List<String> interruptible = services.stream()
                .filter(service -> service.paths().isEmpty() && !service.spot())
                .map(service -> CostPlanner.tasksOf(service))
                .toList();
        return rows.stream()
                .map(row -> saving(row, lines, interruptible))
                .filter(saving -> saving.monthlyUsd().signum() > 0)
                .toList();
    }

    private static Cost.Saving saving(List<String> row, List<Cost.Line> lines, List<String> interruptible) {
        Predicate<Cost.Line> covered = row.get(1).equals(SPOT)
                ? line -> interruptible.contains(line.item())
                : line -> Arrays.asList(row.get(1).split(", ", -1)).contains(line.service());
        List<Cost.Line> off = lines.stream()
                .filter(covered)
                .filter(line -> line.unit().equals(row.get(2)))
                .toList();
        int percent = Integer.parseInt(row.get(3));
        BigDecimal monthly = off.stream()
                .map(Cost.Line::monthlyUsd)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .multiply(BigDecimal.valueOf(percent))
                .divide(HUNDRED)
                .setScale(2, RoundingMode.HALF_UP);
        return new Cost.Saving(
                row.getFirst(),
                off.stream().map(Cost.Line::item).toList(),
                percent,
                monthly,
                row.get(4),
                row.get(5),
                row.get(6));
    }
}
