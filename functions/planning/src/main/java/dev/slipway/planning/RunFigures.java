package dev.slipway.planning;

import dev.slipway.migration.Tables;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What runs were measured to take, each with its source and date: {@code run.psv}. */
final class RunFigures {
    private final Map<String, List<String>> rows = new HashMap<>();

    RunFigures() {
        Tables.rows(RunFigures.class, "run.psv").forEach(row -> rows.put(row.getFirst(), row));
    }

    BigDecimal of(String name) {
        return new BigDecimal(row(name).get(1));
    }

    /** Its source and date, for a person. */
    String basis(String name) {
        List<String> row = row(name);
        return row.get(1) + " " + row.get(2) + " (" + row.get(3) + ", " + row.get(4) + ")";
    }

    boolean isAssumed(String name) {
        return row(name).get(3).startsWith("assumed");
    }

    List<String> names() {
        return rows.keySet().stream().sorted().collect(Collectors.toList());
    }

    private List<String> row(String name) {
        return Objects.requireNonNull(rows.get(name), () -> "run.psv has no row " + name);
    }
}
