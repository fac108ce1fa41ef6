package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.KeyFate;
import dev.slipway.planning.KeyTable.Answer;
import dev.slipway.planning.KeyTable.Fate;
import dev.slipway.planning.KeyTable.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Says of every key of the app's files what becomes of it. Nothing is dropped in silence. */
final class KeyFates {
    private static final String TOP_LEVEL = "-";
    private static final Set<String> OFF = Set.of("false", "[]", "{}");

    private final Map<Platform, KeyTable> tables = new ConcurrentHashMap<>();
    private final Products products;

    private KeyFates(Products products) {
        this.products = products;
    }

    static KeyFates load(Products products) {
        return new KeyFates(products);
    }

    /** All keys, by what becomes of them. */
    record Sorted(List<KeyFate> kept, List<KeyFate> changed, List<KeyFate> lost) {
        /** Of what is not moved. */
        static final Sorted NONE = new Sorted(List.of(), List.of(), List.of());
    }

    Sorted of(App app) {
        Sorted sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        KeyTable table = tables.computeIfAbsent(app.platform(), KeyTable::load);
        app.declared().forEach((key, value) -> add(sorted, TOP_LEVEL, key, general(table, key, value, "TOP")));
        app.services()
                .forEach(service -> service.declared()
                        .forEach((key, value) -> add(sorted, service.name(), key, answer(table, service, key, value))));
        return sorted;
    }

    private Answer answer(KeyTable table, AppService service, String key, SecretTemplate value) {
        return switch (service.kind()) {
            case MONITORING, OPERATIONS, DEVELOPMENT -> Answer.lost(products.instead(service));
            case STORE -> general(table, key, value, "STORE");
            case PROXY -> general(table, key, value, "PROXY");
            case JOB -> key.equals("volumes") ? volumes(service) : ofApp(table, key, value, "JOB", "APP");
            case APP -> key.equals("volumes") ? volumes(service) : ofApp(table, key, value, "APP");
        };
    }

    private static Answer ofApp(KeyTable table, String key, SecretTemplate value, String... places) {
        Optional<Found> found = find(table, key, value, places);
        boolean off = OFF.contains(value.text()) && found.filter(Found::byValue).isEmpty();
        return off && !key.equals("init")
                ? new Answer(Fate.KEPT, "is off, as on Fargate")
                : found.map(Found::answer).orElseGet(() -> unknown(key));
    }

    private static Answer general(KeyTable table, String key, SecretTemplate value, String... places) {
        return find(table, key, value, places).map(Found::answer).orElseGet(() -> unknown(key));
    }

    private static Optional<Found> find(KeyTable table, String key, SecretTemplate value, String... places) {
        return Stream.of(places)
                .flatMap(place -> table.find(place, key, value.text()).stream())
                .findFirst();
    }

    private static Answer unknown(String key) {
        return Answer.lost(
                key.matches("(.*\\.)?x-[^.]*")
                        ? "is a note of its author's, which Docker Compose does not read either"
                        : "Slipway does not know this key: see whether the service needs it");
    }

    private static Answer volumes(AppService service) {
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
                ? new Answer(Fate.CHANGED, buckets)
                : Answer.lost("not mounted on Fargate: " + String.join(", ", lost)
                        + "; put what is needed into the image" + (buckets.isEmpty() ? "" : ". Others " + buckets));
    }

    private static void add(Sorted sorted, String service, String key, Answer answer) {
        KeyFate fate = new KeyFate(service, key, answer.why());
        switch (answer.fate()) {
            case KEPT -> sorted.kept().add(fate);
            case CHANGED -> sorted.changed().add(fate);
            case LOST -> sorted.lost().add(fate);
        }
    }
}
