package dev.slipway.compose.images;

import dev.slipway.compose.images.Product.Numbers;
import dev.slipway.migration.Tables;
import dev.slipway.migration.app.ServiceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The products that are known by their images: the table beside this class. */
public final class Catalog {
    private static final String TABLE = "products.psv";
    private static final Catalog KNOWN = new Catalog(Tables.rows(Catalog.class, TABLE));

    private final Map<String, Product> products = new LinkedHashMap<>();
    private final Map<String, Product> byName = new LinkedHashMap<>();
    private final List<Glob> globs = new ArrayList<>();

    private record Glob(Predicate<String> names, boolean owned, Product product) {
        boolean matches(Image image) {
            return names.test(owned ? image.ownedName() : image.name());
        }
    }

    private Catalog(List<List<String>> rows) {
        rows.forEach(row -> {
            Product product = product(row);
            products.put(product.name(), product);
            Tables.words(row.get(4)).forEach(pattern -> add(pattern, product));
        });
    }

    /** What an image holds; empty where nothing is known of it, as of the app's own. */
    public static Optional<Product> of(Image image) {
        return KNOWN.find(image);
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public static Product product(String name) {
        return Optional.ofNullable(KNOWN.products.get(name))
                .orElseThrow(() -> new IllegalArgumentException(TABLE + " has no product " + name));
    }

    /** Every product that is known, in the table's order. */
    public static List<Product> products() {
        return List.copyOf(KNOWN.products.values());
    }

    private Optional<Product> find(Image image) {
        return Optional.ofNullable(byName.get(image.ownedName()))
                .or(() -> Optional.ofNullable(byName.get(image.name())))
                .or(() -> globs.stream()
                        .filter(glob -> glob.matches(image))
                        .map(Glob::product)
                        .findFirst());
    }

    private void add(String pattern, Product product) {
        if (pattern.contains("*")) {
            Pattern names = Pattern.compile(pattern.replace(".", "\\.").replace("*", ".*"));
            globs.add(new Glob(names.asMatchPredicate(), pattern.contains("/"), product));
        } else if (byName.put(pattern, product) != null) {
            throw new IllegalStateException(TABLE + " names the image " + pattern + " twice");
        }
    }

    private static Product product(List<String> row) {
        return new Product(
                row.get(0),
                ServiceKind.valueOf(row.get(1)),
                text(row.get(2)),
                Numbers.valueOf(row.get(3).toUpperCase(Locale.ROOT)),
                text(row.get(5)));
    }

    private static Optional<String> text(String cell) {
        return Optional.of(cell).filter(text -> !text.isEmpty());
    }
}
