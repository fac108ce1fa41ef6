package dev.slipway.objects.place;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Cuts a place's keys into ranges that can be listed at once. It looks at folders, the upper ones first; where there are too many of
 * them, or all keys lie in one, at the first letters that keys differ in. It knows no sizes, so ranges differ in theirs: take more of
 * them than are listed at once.
 */
final class KeyCuts {
    private static final int QUESTIONS = 64;

    private final KeyLevels levels;
    private final int wanted;
    private final SortedSet<String> ends = new TreeSet<>(KeyOrder.INSTANCE);
    private final Deque<String> prefixes = new ArrayDeque<>(List.of(""));
    private int asked;

    KeyCuts(KeyLevels levels, int wanted) {
        this.levels = levels;
        this.wanted = wanted;
    }

    List<KeyRange> ranges() {
        while (ends.size() < wanted - 1 && !prefixes.isEmpty() && asked < QUESTIONS) {
            String prefix = prefixes.removeFirst();
            asked++;
            KeyLevels.KeyLevel level = levels.level(prefix);
            if (level.whole()) {
                level.folders().forEach(folder -> cut(folder, past(folder)));
            } else {
                cutByLetters(prefix);
            }
        }
        return between(thinned());
    }

    private void cut(String prefix, String end) {
        prefixes.addLast(prefix);
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
        return asked++ < QUESTIONS ? levels.firstAfter(after) : Optional.empty();
    }

    /** A text that is greater than all keys that start with the head. */
    private static String past(String head) {
        int letter = head.codePointBefore(head.length());
        int following = letter + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : letter + 1;
        String kept = head.substring(0, head.length() - Character.charCount(letter));
        return letter == Character.MAX_CODE_POINT ? head + head : kept + Character.toString(following);
    }

    private List<String> thinned() {
        List<String> all = List.copyOf(ends);
        int taken = Math.min(all.size(), wanted - 1);
        List<String> thinned = new ArrayList<>();
        for (int i = 1; i <= taken; i++) {
            thinned.add(all.get((int) ((long) i * all.size() / (taken + 1))));
        }
        return thinned;
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
