package dev.slipway.blueprints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.StrictJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what a test wants to know out of a template. */
final class Templates {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9:]+)");

    private Templates() {}

    static JsonNode property(JsonNode template, String resource, String property) {
        return template.path("Resources").path(resource).path("Properties").path(property);
    }

    static List<String> names(JsonNode section) {
        return section.properties().stream().map(Map.Entry::getKey).toList();
    }

    static Map<String, Integer> typesOf(JsonNode template) {
        Map<String, Integer> types = new HashMap<>();
        template.path("Resources")
                .forEach(resource -> types.merge(resource.path("Type").asText(), 1, Integer::sum));
        return types;
    }

    /** Every logical id that a part of a template speaks of. */
    static Set<String> references(JsonNode part) {
        Set<String> found = new TreeSet<>();
        part.findValues("Ref").forEach(name -> found.add(name.asText()));
        part.findValues("Fn::GetAtt").forEach(path -> found.add(path.path(0).asText()));
        part.findValues("DependsOn").forEach(name -> collect(name, found));
        part.findValues("Fn::Sub").forEach(text -> {
            String pattern = text.isArray() ? text.path(0).asText() : text.asText();
            Set<String> variables = new TreeSet<>(text.isArray() ? names(text.path(1)) : List.of());
            REFERENCE
                    .matcher(pattern)
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !variables.contains(name))
                    .forEach(found::add);
        });
        found.removeIf(name -> name.startsWith("AWS::"));
        return found;
    }

    static void collect(JsonNode names, Set<String> into) {
        if (names.isArray()) {
            names.forEach(name -> into.add(name.asText()));
        } else {
            into.add(names.asText());
        }
    }

    static JsonNode template(TargetSpec spec) {
        return read(TargetTemplate.of(spec));
    }

    static JsonNode read(String template) {
        try {
            return StrictJson.mapper().readTree(template);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
