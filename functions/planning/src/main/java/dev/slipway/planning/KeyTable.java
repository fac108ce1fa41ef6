package dev.slipway.planning;

import dev.slipway.migration.Tables;
import dev.slipway.migration.app.Platform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What becomes of each key of an app's files: {@code compose-keys.psv}, and the like for those of other platforms. */
final class KeyTable {
    private final Map<String, List<Row>> byPlaceAndFirstPart = new HashMap<>();

    private KeyTable() {}

    /** What becomes of a key. */
    enum Fate {
        KEPT,
        CHANGED,
        LOST
    }

    /** What becomes of a key, and why. */
    record Answer(Fate fate, String why) {
        static Answer lost(String why) {
            return new Answer(Fate.LOST, why);
        }
    }

    private record Row(Predicate<String> key, List<Pattern> values, Answer answer) {
        boolean fits(String path, String value) {
            return key.test(path)
                    && (values.isEmpty()
                            || values.stream()
                                    .anyMatch(each -> each.matcher(value).matches()));
        }
    }

    static KeyTable load(Platform platform) {
        KeyTable table = new KeyTable();
        Tables.rows(KeyTable.class, platform.name().toLowerCase(Locale.ROOT) + "-keys.psv")
                .forEach(table::add);
        return table;
    }

    /** The answer for a key whose value matters, and whether the value decided. */
    record Found(Answer answer, boolean byValue) {}

    /** @param place {@code TOP}, {@code STORE}, {@code PROXY}, {@code JOB} or {@code APP} */
    Optional<Found> find(String place, String path, String value) {
        return rows(place, firstPart(path)).stream()
                .filter(row -> row.fits(path, value))
                .findFirst()
                .or(() -> rows(place, "**").stream().findFirst())
                .map(row -> new Found(row.answer(), !row.values().isEmpty()));
    }

    private List<Row> rows(String place, String firstPart) {
        return byPlaceAndFirstPart.getOrDefault(place + " " + firstPart, List.of());
    }

    private void add(List<String> cells) {
        String key = cells.get(1);
        List<Pattern> values = Arrays.stream(cells.get(2).split(" "))
                .filter(value -> !value.isEmpty())
                .map(Pattern::compile)
                .toList();
        byPlaceAndFirstPart
                .computeIfAbsent(cells.get(0) + " " + firstPart(key), any -> new ArrayList<>())
                .add(new Row(paths(key), values, new Answer(Fate.valueOf(cells.get(3)), cells.get(4))));
    }

    private static String firstPart(String path) {
        return path.split("[./]", 2)[0];
    }

    /** A name of the file's own may hold dots. */
    private static Predicate<String> paths(String key) {
        return key.contains("*")
                ? Pattern.compile(key.replace(".", "\\.").replaceAll("\\*+", ".+"))
                        .asMatchPredicate()
                : key::equals;
    }
}
