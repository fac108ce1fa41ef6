package dev.slipway.compose.yaml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What belongs to the places that patterns name; a key that a pattern spells goes before {@code *}. */
public final class PathTable<T> {
    private final Map<String, PathTable<T>> further = new HashMap<>();
    private Optional<T> here = Optional.empty();

    public PathTable<T> put(T value, String... patterns) {
        for (String pattern : patterns) {
            PathTable<T> place = this;
            for (String part : TreePath.of(pattern).parts()) {
                place = place.further.computeIfAbsent(part, next -> new PathTable<>());
            }
            place.here = Optional.of(value);
        }
        return this;
    }

    /** The same patterns below each of the prefixes. */
    public PathTable<T> below(List<String> prefixes, T value, String... patterns) {
        for (String prefix : prefixes) {
            for (String pattern : patterns) {
                put(value, prefix + "." + pattern);
            }
        }
        return this;
    }

    public Optional<T> find(TreePath path) {
        return find(path.parts());
    }

    private Optional<T> find(List<String> parts) {
        return parts.isEmpty() ? here : find(parts.getFirst(), parts).or(() -> find(TreePath.ANY, parts));
    }

    private Optional<T> find(String key, List<String> parts) {
        PathTable<T> next = further.get(key);
        return next == null ? Optional.empty() : next.find(parts.subList(1, parts.size()));
    }
}
