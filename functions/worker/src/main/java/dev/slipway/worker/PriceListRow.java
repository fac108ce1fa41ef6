package dev.slipway.worker;

import dev.slipway.migration.Tables;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where AWS's price list has a price: a row of {@code price-list.psv} for one name.
 *
 * @param unit one of ours, as {@link dev.slipway.planning.PriceSource} wants it
 * @param usageType a pattern, without the region that AWS writes before it
 * @param attributes what a product is asked for by, besides its region
 * @param units how many of AWS's units one of ours is
 */
record PriceListRow(
        String unit, String serviceCode, String usageType, Map<String, String> attributes, BigDecimal units) {
    private static final String ANY = "*";

    /** Not what usage types begin with that are something else: {@code Outposts-}, {@code ExtendedSupportYr3-}. */
    private static final String REGION = "([A-Z]{2,4}\\d?-)?";

    private static final List<List<String>> ROWS = Tables.rows(PriceListRow.class, "price-list.psv");

    PriceListRow {
        attributes = Map.copyOf(attributes);
    }

    /** Empty for a price that AWS is not asked for. */
    static Optional<PriceListRow> of(String name) {
        return ROWS.stream()
                .filter(row -> !instance(row.getFirst(), name).isEmpty())
                .findFirst()
                .map(row -> of(row, instance(row.getFirst(), name)));
    }

    /** What stands for the star; the name itself where the row has none; empty where the row is not the name's. */
    private static String instance(String pattern, String name) {
        String before = pattern.replace(ANY, "");
        boolean isOne = pattern.endsWith(ANY) ? name.startsWith(before) : name.equals(before);
        if (!isOne) {
            return "";
        }
        return pattern.endsWith(ANY) ? name.substring(before.length()) : name;
    }

    private static PriceListRow of(List<String> row, String instance) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Arrays.stream(row.get(4).split(", ", -1))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> attributes.put(pair[0], pair[1].replace(ANY, instance)));
        return new PriceListRow(row.get(1), row.get(2), row.get(3), attributes, new BigDecimal(row.get(5)));
    }

    boolean isOfType(String usage) {
        return usage.matches(REGION + usageType);
    }
}
