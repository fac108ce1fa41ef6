package dev.slipway.blueprints;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a blueprint's references right: to its own resources by their new names, to its parameters by their values. */
record Wiring(String prefix, Set<String> resources, Map<String, Object> values) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");

    Object wire(Object node) {
        return switch (node) {
            case Map<?, ?> mapping -> mapping(Blueprint.mapping(mapping));
            case List<?> list -> list(list);
            default -> node;
        };
    }

    private Object mapping(Map<String, Object> mapping) {
        if (mapping.size() != 1) {
            return entries(mapping);
        }
        Map.Entry<String, Object> only = mapping.entrySet().iterator().next();
        return function(only.getKey(), only.getValue(), mapping);
    }

    private Object function(String name, Object argument, Map<String, Object> mapping) {
        return switch (name) {
            case Intrinsic.REF -> reference((String) argument);
            case Intrinsic.GET_ATT -> attribute((List<?>) argument);
            case Intrinsic.SUB -> substitution(argument);
            default -> entries(mapping);
        };
    }

    private Map<String, Object> entries(Map<String, Object> mapping) {
        Map<String, Object> wired = new LinkedHashMap<>();
        mapping.forEach((key, value) -> wired.put(key, key.equals("DependsOn") ? own((String) value) : wire(value)));
        return wired;
    }

    private List<Object> list(List<?> list) {
        List<Object> wired = new ArrayList<>();
        list.forEach(item -> wired.add(wire(item)));
        return wired;
    }

    private Object reference(String name) {
        Object value = values.get(name);
        return value != null ? value : Intrinsic.ref(own(name));
    }

    private Object attribute(List<?> path) {
        return Intrinsic.attribute(own((String) path.getFirst()) + "." + path.getLast());
    }

    /** The text alone, where all that it refers to is known already. */
    private Object substitution(Object argument) {
        if (argument instanceof List<?> parts) {
            Map<String, Object> variables = Blueprint.mapping(wire(parts.getLast()));
            String text = substitute((String) parts.getFirst(), variables.keySet());
            return Intrinsic.function(Intrinsic.SUB, List.of(text, variables));
        }
        String text = substitute((String) argument, Set.of());
        return text.contains("${") ? Intrinsic.function(Intrinsic.SUB, text) : text;
    }

    private String substitute(String text, Set<String> variables) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        variables.contains(found.group(1)) ? found.group() : substituted(found)));
    }

    private String substituted(MatchResult found) {
        String name = found.group(1);
        return switch (values.get(name)) {
            case null -> "${" + own(name) + "}";
            case Map<?, ?> function -> "${" + path(function) + "}";
            case Object value -> value.toString();
        };
    }

    /** A reference to another piece as it stands within text. */
    private static String path(Map<?, ?> function) {
        if (function.get(Intrinsic.GET_ATT) instanceof List<?> attribute) {
            return attribute.getFirst() + "." + attribute.getLast();
        }
        return String.valueOf(function.get(Intrinsic.REF));
    }

    private String own(String name) {
        String resource = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        if (resources.contains(resource)) {
            return prefix + name;
        }
        if (name.startsWith("AWS::")) {
            return name;
        }
        throw new IllegalStateException("there is neither a resource nor a parameter " + name);
    }
}
