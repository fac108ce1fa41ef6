package dev.slipway.blueprints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.plan.Plan;
import java.util.List;
import java.util.Map;

/** Targets whose services use the stores that a test says, whatever planning finds out. */
final class Accesses {
    private Accesses() {}

    /** @param stores of each service: the first is read, the second written; a service that is not named uses none */
    static TargetSpec in(TargetSpec spec, Map<String, List<String>> stores) {
        JsonNode plan = StrictJson.mapper().valueToTree(spec.plan());
        plan.path("services").forEach(service -> {
            List<String> used = stores.getOrDefault(service.path("name").asText(), List.of());
            ObjectNode access = (ObjectNode) service.path("access");
            used.stream().limit(1).forEach(access.putArray("stores")::add);
            ArrayNode written = access.putArray("writes");
            used.stream().skip(1).forEach(written::add);
        });
        return new TargetSpec(StrictJson.mapper().convertValue(plan, Plan.class), spec.encryptedCache());
    }
}
