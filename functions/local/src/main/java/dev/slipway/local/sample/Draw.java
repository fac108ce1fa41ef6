package dev.slipway.local.sample;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Repeatable chance: the same seed draws the same names, phrases and bytes on every machine. */
final class Draw {
    private static final List<String> WORDS = List.of(
            "nap time",
            "the",
            "a",
            "blue",
            "rubber boots",
            "please",
            "tomorrow",
            "picnic",
            "and",
            "fever",
            "swing",
            "crayons",
            "we",
            "bring",
            "lunch box",
            "bus",
            "late",
            "early",
            "play",
            "garden",
            "song",
            "with",
            "without",
            "storytime",
            "is",
            "was",
            "very",
            "happy",
            "tired",
            "sand pit",
            "birthday",
            "cake",
            "für",
            "niño",
            "नमस्ते",
            "幼稚園",
            "🎈",
            "teddy",
            "hat",
            "rain",
            "sun",
            "parents'",
            "evening",
            "\"circle\"",
            "time;",
            "tab\there",
            "line\nbreak",
            "back\\slash",
            "€5",
            "to",
            "from",
            "of",
            "in",
            "on",
            "class",
            "trip",
            "zoo",
            "signed",
            "form");
    private static final List<String> FIRST_NAMES = List.of(
            "Aarav", "Mila", "José", "Zoë", "Noah", "Anaïs", "Łukasz", "Iris", "O'Neil", "Björk", "Wei", "Fatima");
    private static final List<String> LAST_NAMES = List.of(
            "Patel", "Müller", "García", "Nguyễn", "Smith-Jones", "D'Angelo", "Okafor", "Ivanov", "Sørensen", "Li");

    private final SplittableRandom random;

    Draw(String name) {
        this.random = new SplittableRandom(name.hashCode() * 0x9E37_79B9_7F4A_7C15L);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    long number() {
        return random.nextLong();
    }

    double fraction() {
        return random.nextDouble();
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    String firstName() {
        return of(FIRST_NAMES);
    }

    String lastName() {
        return of(LAST_NAMES);
    }

    String of(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** About as many words as asked for. */
    String phrase(int words) {
        StringBuilder text = new StringBuilder(words * 6);
        for (int word = 0; word < words; word++) {
            text.append(word == 0 ? "" : " ").append(of(WORDS));
        }
        return text.toString();
    }
}
