package dev.slipway.objects.inspect;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Finding;
import java.text.Normalizer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keys that S3 takes and another store, a folder or a program may not. Keys come in S3's order. */
final class KeySurvey {
    /** Of so many keys it is known whether two differ by case or normal form only. */
    private static final int REMEMBERED = 200_000;

    private final Map<Oddity, Long> counts = new EnumMap<>(Oddity.class);
    private final Map<Oddity, String> first = new EnumMap<>(Oddity.class);
    private final Map<String, String> folded = new HashMap<>();
    private final java.util.ArrayDeque<String> above = new java.util.ArrayDeque<>();

    /** What may be odd in a key. */
    private enum Oddity {
        CONTROL("control characters", "some stores list them as others and do not know the key by that name"),
        NO_PATH(
                "parts that a path has not (empty, . or ..)",
                "a store that keeps objects in a folder holds them as others, or not"),
        TRAILING("a slash at the end", "some stores and tools take them for folders"),
        BELOW(
                "another key above them as if it were a folder",
                "a store that keeps objects in a folder cannot hold both"),
        ALIKE("another key that differs by case or Unicode's normal form only", "some file systems hold one of both"),
        LONG_NAMES("parts of more than 255 bytes", "a store that keeps objects in a folder cannot hold them");

        private final String words;
        private final String why;

        Oddity(String words, String why) {
            this.words = words;
            this.why = why;
        }
    }

    void add(String key) {
        if (key.chars().anyMatch(Character::isISOControl)) {
            note(Oddity.CONTROL, key);
        }
        String path = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                note(Oddity.NO_PATH, key);
                break;
            }
        }
        for (String part : parts) {
            if (part.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 255) {
                note(Oddity.LONG_NAMES, key);
                break;
            }
        }
        if (key.endsWith("/")) {
            note(Oddity.TRAILING, key);
        }
        below(key);
        alike(key);
    }

    /** Between a key and those below it stand only keys that begin with it. */
    private void below(String key) {
        while (!above.isEmpty() && !key.startsWith(above.getLast())) {
            above.removeLast();
        }
        if (above.stream().anyMatch(each -> !each.endsWith("/") && key.startsWith(each + "/"))) {
            note(Oddity.BELOW, key);
        }
        above.addLast(key);
    }

    private void alike(String key) {
        if (folded.size() < REMEMBERED) {
            String folding = Normalizer.normalize(key, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            if (folded.putIfAbsent(folding, key) != null) {
                note(Oddity.ALIKE, key);
            }
        }
    }

    private void note(Oddity oddity, String key) {
        counts.merge(oddity, 1L, Long::sum);
        first.putIfAbsent(oddity, key);
    }

    Detail detail() {
        Map<String, Long> found = new LinkedHashMap<>();
        counts.forEach((oddity, count) -> found.put(oddity.words, count));
        return new Detail("oddKeys", found, found.isEmpty() ? Detail.NONE : SizeSurvey.counts(found));
    }

    List<Finding> findings() {
        return counts.entrySet().stream()
                .map(entry -> Finding.warning(
                        "keys",
                        entry.getValue() + " keys have " + entry.getKey().words + ", the first is '"
                                + printed(first.getOrDefault(entry.getKey(), "")) + "': " + entry.getKey().why
                                + ". S3 holds them."))
                .toList();
    }

    private static String printed(String key) {
        StringBuilder printed = new StringBuilder();
        key.chars()
                .forEach(letter -> printed.append(
                        Character.isISOControl(letter) ? "\\u%04x".formatted(letter) : String.valueOf((char) letter)));
        return printed.toString();
    }
}
