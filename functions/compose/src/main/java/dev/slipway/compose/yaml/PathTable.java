package dev.slipway.compose.yaml;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What belongs to the places that patterns name. */
public final class PathTable<T> {
    private final Map<Integer, Map<TreePath, T>> byLength = new HashMap<>();

    public PathTable<T> put(T value, String... patterns) {
        for (String pattern : patterns) {
            TreePath path = TreePath.of(pattern);
            byLength.computeIfAbsent(path.parts().size(), length -> new LinkedHashMap<>())
                    .put(path, value);
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
        for (Map.Entry<TreePath, T> each :
                byLength.getOrDefault(path.parts().size(), Map.of()).entrySet()) {
            if (path.matches(each.getKey())) {
                return Optional.of(each.getValue());
            }
        }
        return Optional.empty();
    }
}
