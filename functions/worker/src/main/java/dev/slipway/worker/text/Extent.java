package dev.slipway.worker.text;

import java.util.List;

/** How much of a long list is shown. */
public enum Extent {
    SHORT(12, 4),
    ALL(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final int rows;
    private final int names;

    Extent(int rows, int names) {
        this.rows = rows;
        this.names = names;
    }

    /** How many names of a list are told before "and more". */
    int names() {
        return names;
    }

    /** The first of what has rows of its own. */
    <T> List<T> ofGroups(List<T> all) {
        int groups = rows / 2;
        return all.size() <= groups + 1L ? all : all.subList(0, groups);
    }

    /** The first rows; all of them where only one would be left out. */
    <T> List<T> of(List<T> all) {
        return all.size() <= rows + 1L ? all : all.subList(0, rows);
    }

    /** How many rows {@link #of} leaves out. */
    int left(List<?> all) {
        return all.size() - of(all).size();
    }
}
