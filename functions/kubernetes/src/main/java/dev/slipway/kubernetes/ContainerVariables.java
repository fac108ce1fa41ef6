package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables of a container as they are planned: where a ConfigMap holds one its value is changed there; what is secret, or known
 * on the target only, comes from a Secret of ours.
 */
final class ContainerVariables {
    private final Map<String, ObjectNode> configMaps;
    private final Map<String, PlannedVariable> planned = new TreeMap<>();
    private final String secret;
    private final ObjectNode container;
    private final Set<String> given = new HashSet<>();

    /**
     * @param configMaps the data of the app's own, by their names
     * @param planned by their names; those without a value are not set
     * @param secret name of the Secret of ours
     */
    ContainerVariables(
            Map<String, ObjectNode> configMaps,
            Map<String, PlannedVariable> planned,
            String secret,
            ObjectNode container) {
        this.configMaps = configMaps;
        this.planned.putAll(planned);
        this.secret = secret;
        this.container = container;
    }

    void change() {
        sources();
        ArrayNode changed = container.arrayNode();
        container
                .path("env")
                .forEach(variable -> variable((ObjectNode) variable).ifPresent(changed::add));
        planned.forEach((name, variable) -> {
            if (!given.contains(name) && variable.delivered().isEmpty()) {
                changed.add(set(container.objectNode().put("name", name), variable));
            }
        });
        container.remove("env");
        if (!changed.isEmpty()) {
            container.set("env", changed);
        }
    }

    private void sources() {
        ArrayNode changed = container.arrayNode();
        container.path("envFrom").forEach(source -> {
            String prefix = source.path("prefix").asText();
            Optional<ObjectNode> data = configMap(source.path("configMapRef"));
            data.ifPresent(texts -> fill(texts, prefix));
            if (data.isPresent() || source.has("configMapRef")) {
                changed.add(source);
            }
        });
        if (planned.values().stream().anyMatch(variable -> variable.delivered().isPresent())) {
            changed.addObject().putObject("secretRef").put("name", secret);
        }
        container.remove("envFrom");
        if (!changed.isEmpty()) {
            container.set("envFrom", changed);
        }
    }

    /** Two containers that want different values of one key: the second has a variable of its own. */
    private void fill(ObjectNode data, String prefix) {
        for (String key : Manifest.texts(data).keySet()) {
            PlannedVariable variable = planned.get(prefix + key);
            if (variable != null && variable.delivered().isPresent()) {
                data.put(ConfigMaps.DELIVERED + key, "");
            } else if (variable != null && put(data, key, value(variable))) {
                given.add(prefix + key);
            }
        }
    }

    private static boolean put(ObjectNode data, String key, String value) {
        String mark = ConfigMaps.CHANGED + key;
        if (data.has(mark)) {
            return data.path(mark).asText().equals(value);
        }
        data.put(mark, value);
        data.put(key, value);
        return true;
    }

    private Optional<ObjectNode> variable(ObjectNode variable) {
        String name = variable.path("name").asText();
        JsonNode from = variable.path("valueFrom");
        PlannedVariable wanted = planned.get(name);
        if (from.has("fieldRef") || from.has("resourceFieldRef")) {
            given.add(name);
            return Optional.of(variable);
        }
        if (wanted == null) {
            return Optional.empty();
        }
        given.add(name);
        Optional<ObjectNode> data = configMap(from.path("configMapKeyRef"));
        boolean changedThere = wanted.delivered().isEmpty()
                && data.filter(texts ->
                                put(texts, from.at("/configMapKeyRef/key").asText(), value(wanted)))
                        .isPresent();
        return Optional.of(changedThere ? variable : set(variable, wanted));
    }

    private ObjectNode set(ObjectNode variable, PlannedVariable wanted) {
        variable.remove("value");
        variable.remove("valueFrom");
        if (wanted.delivered().isPresent()) {
            variable.putObject("valueFrom")
                    .putObject("secretKeyRef")
                    .put("name", secret)
                    .put("key", wanted.name());
        } else {
            variable.put("value", value(wanted));
        }
        return variable;
    }

    private Optional<ObjectNode> configMap(JsonNode reference) {
        return Optional.ofNullable(configMaps.get(reference.path("name").asText()));
    }

    private static String value(PlannedVariable variable) {
        return variable.to().map(to -> to.text()).orElse("");
    }
}
