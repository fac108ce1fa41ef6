package dev.slipway.planning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up trees that the Compose Specification's schema has, or nearly has. */
final class ComposeGrammar {
    private static final int MAX_DEPTH = 9;
    private static final int WRONG = 300;

    private static final List<Object> NUMBERS = List.of(
            0,
            1,
            2,
            80,
            5432,
            65_535,
            65_536,
            -1,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0.5,
            1e-9,
            1e300,
            -0.0,
            1e21,
            420);

    private final JsonNode schema;
    private final Random random;

    ComposeGrammar(JsonNode schema, Random random) {
        this.schema = schema;
        this.random = random;
    }

    /** Something under {@code services}, and whatever else a file may have. */
    Map<String, Object> file() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("services", services());
        for (int more = random.nextInt(4); more > 0; more--) {
            String key = pick(names(schema.path("properties")));
            file.put(
                    key,
                    key.equals("services")
                            ? services()
                            : value(schema.path("properties").path(key), key, 1));
        }
        return file;
    }

    private Object services() {
        Map<String, Object> services = new LinkedHashMap<>();
        for (int more = 1 + random.nextInt(3); more > 0; more--) {
            Object service = value(schema.path("$defs").path("service"), "", 2);
            if (service instanceof Map<?, ?> && random.nextInt(10) > 0) {
                Map<String, Object> whole = new LinkedHashMap<>();
                whole.put(
                        "image",
                        pick(List.of("nginx", "postgres:16", "redis:7", "acme/app:1", "mysql:8", "prom/prometheus")));
                ((Map<?, ?>) service).forEach((key, value) -> whole.put(String.valueOf(key), value));
                service = whole;
            }
            services.put(pick(ComposeTexts.NAMES), service);
        }
        return services;
    }

    private Object value(JsonNode rule, String key, int depth) {
        if (random.nextInt(WRONG) == 0) {
            return odd(depth);
        }
        if (rule.has("$ref")) {
            return value(meant(rule), key, depth);
        }
        if (rule.has("allOf")) {
            return object(rule, depth);
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (rule.has(choice)) {
                JsonNode all = rule.path(choice);
                return value(all.get(random.nextInt(all.size())), key, depth);
            }
        }
        if (rule.has("enum")) {
            return rule.path("enum")
                    .get(random.nextInt(rule.path("enum").size()))
                    .asText();
        }
        JsonNode type = rule.path("type");
        String one = type.isArray() ? type.get(random.nextInt(type.size())).asText() : type.asText();
        boolean asText = one.equals("string") && type.isArray() && random.nextInt(20) > 0;
        return switch (asText ? type.toString() : "") {
            case "[\"boolean\",\"string\"]" -> pick(List.of("true", "${NO:-false}"));
            case "[\"number\",\"string\"]",
                    "[\"string\",\"number\"]",
                    "[\"integer\",\"string\"]",
                    "[\"string\",\"integer\"]" -> pick(ComposeTexts.fit(key, List.of("1", "${A}")));
            default -> typed(one, rule, key, depth);
        };
    }

    private Object typed(String type, JsonNode rule, String key, int depth) {
        return switch (type) {
            case "object" -> object(rule, depth);
            case "array" -> array(rule, key, depth);
            case "integer", "number" -> random.nextInt(50) == 0 ? pick(ComposeTexts.TEXTS) : number(rule);
            case "boolean" -> random.nextInt(50) == 0 ? pick(ComposeTexts.TEXTS) : random.nextBoolean();
            case "null" -> Absent.VALUE;
            default ->
                random.nextInt(20) == 0 ? pick(ComposeTexts.TEXTS) : pick(ComposeTexts.fit(key, ComposeTexts.NAMES));
        };
    }

    private Object number(JsonNode rule) {
        return random.nextInt(20) == 0
                ? pick(NUMBERS)
                : rule.path("minimum").asInt(0) + random.nextInt(3) + (random.nextInt(9) == 0 ? 5_432 : 0);
    }

    private Map<String, Object> object(JsonNode rule, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        Map<String, JsonNode> properties = properties(rule);
        List<String> known = List.copyOf(properties.keySet());
        rule.path("required").forEach(key -> put(object, key.asText(), properties, rule, depth));
        for (int more = depth > MAX_DEPTH ? 0 : random.nextInt(known.size() > 20 ? 9 : 4); more > 0; more--) {
            String key = known.isEmpty() || random.nextInt(200) == 0 ? pick(ComposeTexts.NAMES) : pick(known);
            put(object, key, properties, rule, depth);
        }
        return object;
    }

    /** With those of all rules that hold together. */
    private Map<String, JsonNode> properties(JsonNode rule) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        rule.path("allOf").forEach(part -> properties.putAll(properties(meant(part))));
        rule.path("properties").properties().forEach(own -> properties.put(own.getKey(), own.getValue()));
        return properties;
    }

    private JsonNode meant(JsonNode rule) {
        return rule.has("$ref") ? schema.at(rule.path("$ref").asText().substring(1)) : rule;
    }

    private void put(
            Map<String, Object> object, String key, Map<String, JsonNode> properties, JsonNode rule, int depth) {
        JsonNode any = rule.path("patternProperties").elements().hasNext()
                ? rule.path("patternProperties").elements().next()
                : rule.path("additionalProperties");
        object.put(key, value(properties.getOrDefault(key, any), key, depth + 1));
    }

    private List<Object> array(JsonNode rule, String key, int depth) {
        List<Object> items = new ArrayList<>();
        for (int more = depth > MAX_DEPTH ? 0 : random.nextInt(4); more > 0; more--) {
            items.add(value(rule.path("items"), key, depth + 1));
        }
        return items;
    }

    /** What the schema does not have there. */
    private Object odd(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> Absent.VALUE;
            case 1 -> pick(NUMBERS);
            case 2 -> random.nextBoolean();
            case 3 -> List.of(pick(ComposeTexts.TEXTS), pick(NUMBERS));
            case 4 -> depth > MAX_DEPTH ? Map.of() : Map.of(pick(ComposeTexts.TEXTS), odd(depth + 1));
            default -> pick(ComposeTexts.TEXTS);
        };
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** No value. */
    enum Absent {
        VALUE
    }
}
