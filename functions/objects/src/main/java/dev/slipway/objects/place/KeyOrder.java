package dev.slipway.objects.place;

import java.util.Comparator;

/**
 * The order in which S3 lists: by the bytes of the keys' UTF-8. That is the order of code points, and not that of Java's strings, which
 * puts the letters beyond the basic plane before some of those in it.
 */
public final class KeyOrder implements Comparator<String> {
    public static final KeyOrder INSTANCE = new KeyOrder();

    private KeyOrder() {}

    @Override
    public int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char here = left.charAt(i);
            char there = right.charAt(i);
            if (here != there) {
                return Integer.compare(rank(here), rank(there));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Surrogates stand for code points above all others. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
    }
}
