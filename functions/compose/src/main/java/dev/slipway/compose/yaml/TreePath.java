package dev.slipway.compose.yaml;

import java.util.ArrayList;
import java.util.List;

/** Where a value stands in a tree: the keys that lead to it, and {@link #ITEM} for an item of a list. */
public record TreePath(List<String> parts) {
    public static final TreePath ROOT = new TreePath(List.of());
    public static final String ITEM = "[]";
    static final String ANY = "*";

    public TreePath {
        parts = List.copyOf(parts);
    }

    /** A pattern such as {@code services.*.ports.*}; {@code *} stands for any key, and for an item. */
    public static TreePath of(String dotted) {
        return new TreePath(List.of(dotted.split("\\.")));
    }

    public TreePath next(String part) {
        List<String> longer = new ArrayList<>(parts);
        longer.add(part);
        return new TreePath(longer);
    }

    public TreePath item() {
        return next(ITEM);
    }

    public boolean matches(TreePath pattern) {
        if (pattern.parts.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            String wanted = pattern.parts.get(i);
            if (!wanted.equals(ANY) && !wanted.equals(parts.get(i))) {
                return false;
            }
        }
        return true;
    }

    public String last() {
        return parts.getLast();
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
