package dev.slipway.compose.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A YAML document as a tree that knows where each part stands. Aliases and merge keys are already expanded. */
public sealed interface YamlNode {
    Position at();

    /** What a value of this shape is called in an error. */
    String shape();

    /** Whether nothing is written there. */
    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.type() == ScalarType.NULL;
    }

    /** A mapping, in the order of the file. */
    record Mapping(Map<String, YamlNode> entries, Map<String, Position> keys, Position at) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keys = Map.copyOf(keys);
        }

        public static Mapping empty(Position at) {
            return new Mapping(Map.of(), Map.of(), at);
        }

        /** One that stands in no file. */
        public static Mapping of(Map<String, YamlNode> entries, Position at) {
            return new Mapping(entries, Map.of(), at);
        }

        public Optional<YamlNode> get(String key) {
            return Optional.ofNullable(entries.get(key)).filter(value -> !value.isNull());
        }

        /** Where the key stands, or the mapping where it has none. */
        public Position at(String key) {
            return keys.getOrDefault(key, at);
        }

        public Mapping with(String key, YamlNode value) {
            Map<String, YamlNode> changed = new LinkedHashMap<>(entries);
            changed.put(key, value);
            return new Mapping(changed, keys, at);
        }

        public Mapping without(String key) {
            Map<String, YamlNode> changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Mapping(changed, keys, at);
        }

        @Override
        public String shape() {
            return "a mapping";
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, Position at) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String shape() {
            return "a list";
        }
    }

    /** A single value. */
    record Scalar(String text, ScalarType type, Position at) implements YamlNode {
        public static Scalar string(String text, Position at) {
            return new Scalar(text, ScalarType.STRING, at);
        }

        public Scalar withText(String changed) {
            return changed.equals(text) ? this : string(changed, at);
        }

        @Override
        public String shape() {
            return isNull() ? "empty" : "a single value";
        }
    }

    /** What YAML takes a plain scalar for. */
    enum ScalarType {
        STRING,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL
    }
}
