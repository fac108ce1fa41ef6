package dev.slipway.postgres.compare;

import java.util.Comparator;

/**
 * A row by 128 bits of a hash of its key, 128 bits of a hash of its text, and its place. Where rows have no key, the text is the key.
 */
record Fingerprint(long key, long keyRest, long row, long rowRest, long place) {
    static final Comparator<Fingerprint> BY_KEY = Fingerprint::compareKey;
    static final Comparator<Fingerprint> BY_KEY_AND_ROW = Fingerprint::compareKeyAndRow;

    // Millions are sorted: chains of comparators took most of the time.
    private int compareKey(Fingerprint other) {
        int order = Long.compare(key, other.key);
        return order != 0 ? order : Long.compare(keyRest, other.keyRest);
    }

    private int compareKeyAndRow(Fingerprint other) {
        int order = compareKey(other);
        if (order != 0) {
            return order;
        }
        int ofRow = Long.compare(row, other.row);
        return ofRow != 0 ? ofRow : Long.compare(rowRest, other.rowRest);
    }
}
