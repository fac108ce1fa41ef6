package dev.slipway.compose;

import dev.slipway.compose.model.ShellWords;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.compose.yaml.YamlTrees;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys of one level of {@code slipway.yaml}. */
final class SpecKeys {
    private final Mapping mapping;
    private final String path;

    private SpecKeys(Mapping mapping, String path) {
        this.mapping = mapping;
        this.path = path;
    }

    static SpecKeys root(Mapping mapping) {
        return new SpecKeys(mapping, "");
    }

    static SpecKeys below(Mapping mapping, String path) {
        return new SpecKeys(mapping, path);
    }

    /** Refuses every other key. */
    SpecKeys allow(String... known) {
        Set<String> names = new TreeSet<>(List.of(known));
        mapping.entries().keySet().stream()
                .filter(key -> !names.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    String nearest = Nearest.to(key, names)
                            .map(name -> "did you mean '" + path + name + "'? ")
                            .orElse("");
                    throw at(key).invalid(
                                    "the key '" + path + key + "' is unknown",
                                    nearest + "known here are " + String.join(", ", names));
                });
        return this;
    }

    Set<String> names() {
        return mapping.entries().keySet();
    }

    SpecKeys child(String key) {
        return new SpecKeys(Nodes.mappingOrEmpty(mapping, key), path + key + ".");
    }

    /** Everything below the key: maps, lists, texts, numbers and truth values. */
    Object tree(String key) {
        return mapping.get(key).map(YamlTrees::value).orElseGet(Map::of);
    }

    /** The names of this level, each for itself: what a key may refer to. */
    Map<String, String> itself() {
        return names().stream().collect(Collectors.toMap(name -> name, name -> name));
    }

    /** A list of mappings. */
    List<SpecKeys> items(String key) {
        return Nodes.list(mapping, key).stream()
                .map(item -> {
                    if (!(item instanceof Mapping entry)) {
                        throw item.at()
                                .invalid("'" + path + key + "' holds " + item.shape(), "make it a list of mappings");
                    }
                    return new SpecKeys(entry, path + key + ".");
                })
                .toList();
    }

    /** Ports of a host. */
    List<Integer> ports(String key) {
        return texts(key).stream()
                .map(text -> {
                    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
                    if (port < 1 || port > 65_535) {
                        throw wrong(key, text, "ports from 1 to 65535");
                    }
                    return port;
                })
                .toList();
    }

    /** Names with their values: a mapping, or a list of {@code NAME=value}. */
    Map<String, String> pairs(String key) {
        Map<String, String> pairs = new LinkedHashMap<>();
        YamlNode node = mapping.get(key).orElse(Mapping.empty(at(key)));
        if (node instanceof Mapping values) {
            values.entries()
                    .keySet()
                    .forEach(name -> Nodes.text(values, name).ifPresent(text -> pairs.put(name, text)));
        } else {
            for (String text : texts(key)) {
                String[] pair = text.split("=", 2);
                if (pair.length < 2) {
                    throw at(key).invalid("'" + path + key + "' holds what is not NAME=value", "write NAME=value");
                }
                pairs.put(pair[0], pair[1]);
            }
        }
        return pairs;
    }

    /** A command: a list of words, or one text that a shell takes apart. */
    List<String> words(String key) {
        boolean listed = mapping.get(key).filter(Sequence.class::isInstance).isPresent();
        List<String> texts = texts(key);
        return listed || texts.isEmpty()
                ? texts
                : ShellWords.split(texts.getFirst())
                        .orElseThrow(() -> at(key).invalid(
                                        "the command cannot be split into words", "close its quotes, or write a list"));
    }

    Position at(String key) {
        return mapping.at(key);
    }

    Optional<String> text(String key) {
        return Nodes.text(mapping, key).filter(text -> !text.isBlank());
    }

    List<String> texts(String key) {
        return Nodes.list(mapping, key).stream()
                .map(item -> Nodes.asText(path + key, item))
                .toList();
    }

    Optional<String> matching(String key, String pattern, String expected) {
        return text(key).map(text -> {
            if (!text.matches(pattern)) {
                throw wrong(key, text, expected);
            }
            return text;
        });
    }

    <T> Optional<T> choice(String key, Map<String, T> choices) {
        return text(key).map(text -> {
            T chosen = choices.get(text);
            if (chosen == null) {
                throw wrong(key, text, "one of " + String.join(", ", new TreeSet<>(choices.keySet())));
            }
            return chosen;
        });
    }

    /** Several of them, each once. */
    <T> List<T> choices(String key, Map<String, T> choices) {
        return texts(key).stream()
                .map(text -> {
                    T chosen = choices.get(text);
                    if (chosen == null) {
                        throw wrong(key, text, "some of " + String.join(", ", new TreeSet<>(choices.keySet())));
                    }
                    return chosen;
                })
                .distinct()
                .toList();
    }

    List<String> textsMatching(String key, String pattern, String expected) {
        return texts(key).stream()
                .map(text -> {
                    if (!text.matches(pattern)) {
                        throw wrong(key, text, expected);
                    }
                    return text;
                })
                .toList();
    }

    Optional<Boolean> flag(String key) {
        return choice(key, Map.of("true", true, "false", false));
    }

    Optional<Duration> duration(String key) {
        return text(key).map(text -> Durations.parse(text, at(key)));
    }

    Optional<Integer> number(String key, int least, int most) {
        return text(key).map(text -> {
            int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
            if (number < least || number > most) {
                throw wrong(key, text, "a whole number from " + least + " to " + most);
            }
            return number;
        });
    }

    Optional<Long> bytes(String key) {
        return text(key)
                .map(text -> ByteSizes.parse(text)
                        .filter(bytes -> bytes > 0)
                        .orElseThrow(() -> wrong(key, text, "bytes, e.g. 20MB")));
    }

    /** A percentage as a share: {@code 1%} and {@code 0.01} are the same. */
    Optional<Double> share(String key) {
        return text(key).map(text -> {
            boolean percent = text.endsWith("%");
            String digits = percent ? text.substring(0, text.length() - 1).strip() : text;
            double share = digits.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(digits) / (percent ? 100 : 1) : -1;
            if (share < 0 || share > 1) {
                throw wrong(key, text, "a percentage such as 1%");
            }
            return share;
        });
    }

    private RuntimeException wrong(String key, String text, String expected) {
        return at(key).invalid("'" + path + key + "' is '" + text + "'", "write " + expected);
    }
}
