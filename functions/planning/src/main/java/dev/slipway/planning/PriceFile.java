package dev.slipway.planning;

import dev.slipway.migration.Tables;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The dated price file of the repository, {@code prices.psv}: some regions, no account, no network. */
public final class PriceFile implements PriceSource {
    /** The region whose column is complete. */
    public static final String HOME = "us-east-1";

    private static final List<String> REGIONS = List.of(HOME, "us-east-2", "us-west-2", "eu-west-1", "eu-central-1");
    private static final int FIRST_REGION = 2;
    private static final String SAME_AS_HOME = "=";

    private final Map<String, List<String>> rows = new HashMap<>();
    private final String date;

    public PriceFile() {
        Tables.rows(PriceFile.class, "prices.psv").forEach(row -> rows.put(row.getFirst(), row));
        date = Objects.requireNonNull(rows.remove("date"), "date").get(1);
    }

    @Override
    public String name() {
        return "Slipway's price file";
    }

    @Override
    public String asOf() {
        return date;
    }

    @Override
    public boolean holds(String region) {
        return REGIONS.contains(region);
    }

    @Override
    public Optional<Price> price(String name, String region) {
        return Optional.ofNullable(rows.get(name))
                .filter(row -> holds(region))
                .map(row -> new String[] {row.get(1), cell(row, region)})
                .filter(found -> !found[1].isEmpty())
                .map(found -> new Price(new BigDecimal(found[1]), found[0], region));
    }

    /** The names of all prices. */
    Set<String> names() {
        return Set.copyOf(rows.keySet());
    }

    private static String cell(List<String> row, String region) {
        String cell = row.get(FIRST_REGION + REGIONS.indexOf(region));
        return cell.equals(SAME_AS_HOME) ? row.get(FIRST_REGION) : cell;
    }
}
