package dev.slipway.planning;

import dev.slipway.migration.Tables;
import dev.slipway.migration.app.AppService;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What takes the place of a product that is known by its image; its table is {@code products.psv}. */
final class Products {
    private static final String NONE = "none";

    /** Names that images have beside those that makers give their products. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("all-in-one", "jaeger"),
            Map.entry("postgresql", "postgres"),
            Map.entry("grafana-oss", "grafana"),
            Map.entry("grafana-enterprise", "grafana"),
            Map.entry("opentelemetry-collector-contrib", "opentelemetry-collector"),
            Map.entry("otel-collector", "opentelemetry-collector"),
            Map.entry("pgadmin4", "pgadmin"),
            Map.entry("mongo", "mongodb"),
            Map.entry("cp-kafka", "kafka"),
            Map.entry("clickhouse-server", "clickhouse"),
            Map.entry("postgres_exporter", "postgres-exporter"),
            Map.entry("redis_exporter", "redis-exporter"),
            Map.entry("argo-cd", "argocd"),
            Map.entry("argo", "argocd"),
            Map.entry("redis-stack-server", "redis-stack"),
            Map.entry("timescaledb-ha", "timescaledb"));

    private final Map<String, Product> products;

    private Products(Map<String, Product> products) {
        this.products = products;
    }

    /**
     * A product.
     *
     * @param label as its makers write it
     * @param service of AWS; empty where nothing takes its place
     */
    record Product(String label, Optional<String> service, String note) {}

    static Products load() {
        Map<String, Product> products = new TreeMap<>();
        Tables.rows(Products.class, "products.psv")
                .forEach(row -> products.put(
                        row.get(0),
                        new Product(
                                row.get(1),
                                Optional.of(row.get(2)).filter(service -> !service.equals(NONE)),
                                row.get(3))));
        return new Products(products);
    }

    /** By the product that the app's reader has recognised, otherwise by the last part of the image's name. */
    Optional<Product> of(AppService service) {
        return service.product()
                .or(() -> service.image().map(Products::imageName))
                .flatMap(this::named);
    }

    Optional<Product> named(String product) {
        return Optional.ofNullable(products.get(product))
                .or(() -> Optional.ofNullable(ALIASES.get(product)).map(products::get));
    }

    /** What a person hears of a service that is not moved. */
    String instead(AppService service) {
        Optional<Product> product = of(service);
        String place = product.flatMap(Product::service)
                .map(name -> ": " + name + " takes its place")
                .orElse("");
        String note = product.map(Product::note)
                .filter(text -> !text.startsWith("is not moved"))
                .map(text -> "; " + text)
                .orElse("");
        return "is not moved" + place + note;
    }

    Set<String> names() {
        return products.keySet();
    }

    private static String imageName(String image) {
        String path = image.replaceFirst("@.*$", "");
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst(":.*$", "");
    }
}
