package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.KeyFate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says of every key of the compose file what becomes of it; its table is {@code compose-keys.psv}. Nothing is dropped in silence. */
final class KeyFates {
    private static final String TOP_LEVEL = "-";
    private static final Entry UNKNOWN =
            new Entry(Fate.LOST, "Slipway does not know this key: see whether the service needs it");

    private final Map<String, Entry> table;

    private KeyFates(Map<String, Entry> table) {
        this.table = table;
    }

    static KeyFates load() {
        Map<String, Entry> table = new TreeMap<>();
        Tables.rows("compose-keys.psv")
                .forEach(row ->
                        table.put(row.get(0) + " " + row.get(1), new Entry(Fate.valueOf(row.get(2)), row.get(3))));
        return new KeyFates(table);
    }

    /** All keys, by what becomes of them. */
    record Sorted(List<KeyFate> kept, List<KeyFate> changed, List<KeyFate> lost) {}

    Sorted of(App app) {
        Sorted sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        app.declared().keySet().forEach(key -> add(sorted, TOP_LEVEL, key, entry("TOP", key)));
        app.services().forEach(service -> service.declared().forEach((key, value) -> add(sorted, service, key, value)));
        return sorted;
    }

    private void add(Sorted sorted, AppService service, String key, SecretTemplate value) {
        switch (service.kind()) {
            case MONITORING, OPERATIONS ->
                add(sorted, service.name(), key, new Entry(Fate.LOST, Monitoring.instead(service)));
            case DEVELOPMENT ->
                add(sorted, service.name(), key, new Entry(Fate.LOST, "is not moved: it only helps while developing"));
            case STORE -> add(sorted, service.name(), key, entry("STORE", key));
            case APP, JOB, PROXY ->
                add(sorted, service.name(), key, key.equals("volumes") ? volumes(service) : ofApp(key, value));
        }
    }

    private Entry ofApp(String key, SecretTemplate value) {
        boolean off = value.text().equals("false")
                || value.text().equals("[]")
                || value.text().equals("{}");
        return off ? new Entry(Fate.KEPT, "is off, as on Fargate") : entry("APP", key);
    }

    private Entry entry(String kind, String key) {
        return table.getOrDefault(kind + " " + key, UNKNOWN);
    }

    private static Entry volumes(AppService service) {
        List<String> lost = service.volumes().stream()
                .filter(volume -> volume.store().isEmpty())
                .map(volume -> volume.target())
                .toList();
        List<String> moved = service.volumes().stream()
                .flatMap(volume -> volume.store().stream())
                .distinct()
                .toList();
        String buckets = moved.isEmpty() ? "" : "become buckets: " + String.join(", ", moved);
        return lost.isEmpty()
                ? new Entry(Fate.CHANGED, buckets)
                : new Entry(
                        Fate.LOST,
                        "not mounted on Fargate: " + String.join(", ", lost) + "; put what is needed into the image"
                                + (buckets.isEmpty() ? "" : ". Others " + buckets));
    }

    private static void add(Sorted sorted, String service, String key, Entry entry) {
        KeyFate fate = new KeyFate(service, key, entry.why());
        switch (entry.fate()) {
            case KEPT -> sorted.kept().add(fate);
            case CHANGED -> sorted.changed().add(fate);
            case LOST -> sorted.lost().add(fate);
        }
    }

    private enum Fate {
        KEPT,
        CHANGED,
        LOST
    }

    private record Entry(Fate fate, String why) {}
}
