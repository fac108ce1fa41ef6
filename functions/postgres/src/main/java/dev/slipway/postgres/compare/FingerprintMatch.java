package dev.slipway.postgres.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * Matches the rows of two sides by their keys. Where several rows of a side have one key, as in a table without one, those that
 * are equal cancel each other out one by one.
 */
final class FingerprintMatch {
    private final RowSink found;

    FingerprintMatch(RowSink found) {
        this.found = found;
    }

    /** Both lists are sorted, and may be changed. */
    void run(List<Fingerprint> source, List<Fingerprint> target) {
        source.sort(Fingerprint.BY_KEY_AND_ROW);
        target.sort(Fingerprint.BY_KEY_AND_ROW);
        int left = 0;
        int right = 0;
        while (left < source.size() || right < target.size()) {
            Fingerprint least = least(source, left, target, right);
            int leftEnd = end(source, left, least);
            int rightEnd = end(target, right, least);
            match(source.subList(left, leftEnd), target.subList(right, rightEnd));
            left = leftEnd;
            right = rightEnd;
        }
    }

    private static Fingerprint least(List<Fingerprint> source, int left, List<Fingerprint> target, int right) {
        if (left == source.size()) {
            return target.get(right);
        }
        boolean first = right == target.size() || Fingerprint.BY_KEY.compare(source.get(left), target.get(right)) <= 0;
        return first ? source.get(left) : target.get(right);
    }

    private static int end(List<Fingerprint> rows, int start, Fingerprint key) {
        int end = start;
        while (end < rows.size() && Fingerprint.BY_KEY.compare(rows.get(end), key) == 0) {
            end++;
        }
        return end;
    }

    private void match(List<Fingerprint> source, List<Fingerprint> target) {
        List<Fingerprint> left = new ArrayList<>();
        List<Fingerprint> right = new ArrayList<>();
        cancel(source, target, left, right);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            found.add(
                    i < left.size() ? left.get(i).place() : RowPlace.NONE,
                    i < right.size() ? right.get(i).place() : RowPlace.NONE);
        }
    }

    private static void cancel(
            List<Fingerprint> source, List<Fingerprint> target, List<Fingerprint> left, List<Fingerprint> right) {
        int i = 0;
        int j = 0;
        while (i < source.size() && j < target.size()) {
            int order = Fingerprint.BY_KEY_AND_ROW.compare(source.get(i), target.get(j));
            if (order < 0) {
                left.add(source.get(i++));
            } else if (order > 0) {
                right.add(target.get(j++));
            } else {
                i++;
                j++;
            }
        }
        left.addAll(source.subList(i, source.size()));
        right.addAll(target.subList(j, target.size()));
    }
}
