package dev.slipway.objects.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Cuts a place's keys into ranges that can be listed at once. It looks at folders, the upper ones first; where there are too many of
 * them, or all keys lie in one, at the first letters that keys differ in. What lies on one level is looked at to its end, so that no
 * part of the keys is cut finer than the others. It knows no sizes, so ranges differ in theirs: take more of them than are listed at
 * once.
 */
final class KeyCuts {
    /** What one worker waits for before it begins. */
    private static final int FEW_QUESTIONS = 64;

    /** Of ranges for many workers; each of ten letters that begin alike costs some. */
    private static final int QUESTIONS_PER_RANGE = 8;

    private static final int FEW_RANGES = 32;

    /** Of a folder's own keys so many are remembered: of where they lie more closely more are. */
    private static final int KEYS_PER_RANGE = 16;

    private final KeyLevels levels;
    private final int wanted;
    private final int questions;
    private final SortedSet<String> ends = new TreeSet<>(KeyOrder.INSTANCE);
    private final SortedSet<String> keys = new TreeSet<>(KeyOrder.INSTANCE);
    private final List<String> further = new ArrayList<>();
    private int asked;

    KeyCuts(KeyLevels levels, int wanted) {
        this.levels = levels;
        this.wanted = wanted;
        this.questions = wanted <= FEW_RANGES ? FEW_QUESTIONS : QUESTIONS_PER_RANGE * wanted;
    }

    List<KeyRange> ranges() {
        List<String> prefixes = List.of("");
        while (ends.size() < wanted - 1 && !prefixes.isEmpty() && asked < questions) {
            prefixes.forEach(this::look);
            prefixes = List.copyOf(further);
            further.clear();
        }
        // A bucket's prefix may be an object itself, before which nothing lies.
        keys.remove("");
        // Folders first: one of them may hold more than all keys beside it.
        ends.addAll(evenly(keys, wanted - 1 - ends.size()));
        return between(evenly(ends, wanted - 1));
    }

    private void look(String prefix) {
        if (asked >= questions) {
            return;
        }
        asked++;
        KeyLevels.KeyLevel level = levels.level(prefix);
        if (level.whole()) {
            level.folders().forEach(folder -> cut(folder, past(folder)));
            keys.addAll(evenly(level.keys(), KEYS_PER_RANGE * wanted));
        } else {
            cutByLetters(prefix);
        }
    }

    private void cut(String prefix, String end) {
        further.add(prefix);
        ends.add(end);
    }

    private void cutByLetters(String prefix) {
        Optional<String> key = ask(prefix);
        while (key.isPresent() && key.get().startsWith(prefix) && key.get().length() > prefix.length()) {
            String head = key.get().substring(0, key.get().offsetByCodePoints(prefix.length(), 1));
            String end = past(head);
            cut(head, end);
            key = ask(end);
        }
    }

    private Optional<String> ask(String after) {
        return asked++ < questions ? levels.firstAfter(after) : Optional.empty();
    }

    /** A text that is greater than all keys that start with the head. */
    private static String past(String head) {
        int letter = head.codePointBefore(head.length());
        int following = letter + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : letter + 1;
        String kept = head.substring(0, head.length() - Character.charCount(letter));
        return letter == Character.MAX_CODE_POINT ? head + head : kept + Character.toString(following);
    }

    /** At most so many of them, with about as many between each two. */
    private static List<String> evenly(Iterable<String> sorted, int most) {
        List<String> all = new ArrayList<>();
        sorted.forEach(all::add);
        int taken = Math.clamp(most, 0, all.size());
        List<String> chosen = new ArrayList<>();
        for (int i = 1; i <= taken; i++) {
            chosen.add(all.get((int) ((long) i * (all.size() + 1) / (taken + 1)) - 1));
        }
        return chosen;
    }

    private static List<KeyRange> between(List<String> ends) {
        List<KeyRange> ranges = new ArrayList<>();
        String after = "";
        for (String end : ends) {
            ranges.add(new KeyRange(after, Optional.of(end)));
            after = end;
        }
        ranges.add(KeyRange.after(after));
        return ranges;
    }
}
