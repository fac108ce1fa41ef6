package dev.slipway.planning;

import dev.slipway.migration.Tables;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.spec.Size;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prices resources by their type and number, after {@code resource-prices.psv}. */
final class ResourcePrices {

    private final Map<String, List<List<String>>> rows = new LinkedHashMap<>();

    ResourcePrices() {
        Tables.rows(ResourcePrices.class, "resource-prices.psv")
                .forEach(row -> rows.computeIfAbsent(row.getFirst(), type -> new ArrayList<>())
                        .add(row));
    }

    /** How a resource of a type gets its price. */
    enum Way {
        /** By the rows of the table. */
        BY_ROWS,
        /** It costs nothing. */
        FREE,
        /** With the store of its name. */
        WITH_STORE,
        /** With the service of its name. */
        WITH_SERVICE
    }

    /** Empty for a type that the table has not. */
    Optional<Way> way(String type) {
        return Optional.ofNullable(rows.get(type))
                .map(all -> switch (all.getFirst().get(1)) {
                    case "free" -> Way.FREE;
                    case "store" -> Way.WITH_STORE;
                    case "task" -> Way.WITH_SERVICE;
                    default -> Way.BY_ROWS;
                });
    }

    /** Adds what resources cost by their types, in the table's order, and tells those of a type it does not know. */
    void add(List<PlannedResource> resources, Size size, CostLines lines) {
        Map<String, Long> counts =
                resources.stream().collect(Collectors.groupingBy(PlannedResource::type, Collectors.counting()));
        rows.forEach((type, all) -> {
            long count = counts.getOrDefault(type, 0L);
            if (count > 0 && way(type).filter(Way.BY_ROWS::equals).isPresent()) {
                all.forEach(row -> add(row, count, size, lines));
            }
        });
        resources.stream()
                .filter(resource -> way(resource.type()).isEmpty())
                .forEach(resource -> lines.notPriced(
                        resource.name() + " (" + resource.type() + ")", "resource-prices.psv does not know its type"));
    }

    private static void add(List<String> row, long count, Size size, CostLines lines) {
        BigDecimal each = new BigDecimal(row.get(amounts(size)));
        lines.add(row.get(1), row.get(2), row.get(3), each.multiply(BigDecimal.valueOf(count)));
    }

    private static int amounts(Size size) {
        return switch (size) {
            case POC -> 4;
            case SMALL -> 5;
            case MEDIUM -> 6;
        };
    }

    List<List<String>> rows() {
        return rows.values().stream().flatMap(List::stream).toList();
    }
}
