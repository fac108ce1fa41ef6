package dev.slipway.planning;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** The price table, its date and its region: {@code prices.psv}. */
record Prices(String asOf, String region, Map<String, BigDecimal> perUnit) {
    static Prices load() {
        Map<String, String> cells = new TreeMap<>();
        Tables.rows("prices.psv").forEach(row -> cells.put(row.get(0), row.get(1)));
        Map<String, BigDecimal> perUnit = new TreeMap<>();
        cells.forEach((name, value) -> {
            if (!name.equals("date") && !name.equals("region")) {
                perUnit.put(name, new BigDecimal(value));
            }
        });
        return new Prices(cells.getOrDefault("date", ""), cells.getOrDefault("region", ""), perUnit);
    }

    BigDecimal of(String name) {
        BigDecimal price = perUnit.get(name);
        if (price == null) {
            throw new IllegalStateException("prices.psv has no price of " + name);
        }
        return price;
    }
}
