package dev.slipway.blueprints;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A target's template as it has to be before its stack is deleted: what protects the stores let go, a final backup asked for.
 *
 * @param text as JSON
 * @param changed whether it differs from what the stack has
 * @param kept what stays when the stack is deleted, by logical id
 */
public record TakeDownTemplate(String text, boolean changed, List<String> kept) {
    private static final String DELETION_POLICY = "DeletionPolicy";
    private static final String BUCKET = "AWS::S3::Bucket";

    /** What CloudFormation itself backs up for the last time; a member of a cluster has nothing of its own. */
    private static final Set<String> BACKED_UP =
            Set.of("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::ElastiCache::ReplicationGroup");

    /**
     * Of a target whose stores stay.
     *
     * @param template as CloudFormation has it, JSON or YAML
     */
    public static TakeDownTemplate keepingStores(String template) {
        Map<String, Object> content = read(template);
        List<String> kept = new ArrayList<>();
        resources(content).forEach((name, resource) -> {
            if (isRetained(Blueprint.mapping(resource))) {
                kept.add(name);
            }
        });
        return new TakeDownTemplate(template, false, kept);
    }

    /**
     * Of a target whose stores go, too.
     *
     * @param hasContent whether the bucket of that logical id holds anything: it stays then
     */
    public static TakeDownTemplate deletingStores(String template, Predicate<String> hasContent) {
        Map<String, Object> content = read(template);
        List<String> kept = new ArrayList<>();
        resources(content).forEach((name, value) -> {
            Map<String, Object> resource = Blueprint.mapping(value);
            if (type(resource).equals(BUCKET) && hasContent.test(name)) {
                kept.add(name);
            } else if (isRetained(resource)) {
                release(resource);
            }
        });
        return new TakeDownTemplate(write(content), true, kept);
    }

    private static void release(Map<String, Object> resource) {
        Map<String, Object> properties = new LinkedHashMap<>(
                Blueprint.mapping(resource.getOrDefault("Properties", new LinkedHashMap<String, Object>())));
        boolean backedUp = BACKED_UP.contains(type(resource)) && !properties.containsKey("DBClusterIdentifier");
        properties.computeIfPresent("DeletionProtection", (name, protection) -> false);
        resource.put("Properties", properties);
        resource.put(DELETION_POLICY, backedUp ? "Snapshot" : "Delete");
        // CloudFormation takes a policy for changed only where something else is, and this changes nothing.
        resource.put("Metadata", Map.of("slipway", "released"));
    }

    private static boolean isRetained(Map<String, Object> resource) {
        return String.valueOf(resource.get(DELETION_POLICY)).startsWith("Retain");
    }

    private static String type(Map<String, Object> resource) {
        return String.valueOf(resource.get("Type"));
    }

    private static Map<String, Object> resources(Map<String, Object> content) {
        return Blueprint.mapping(content.get("Resources"));
    }

    private static Map<String, Object> read(String template) {
        return Blueprint.mapping(BlueprintYaml.read("the target's template", template));
    }

    private static String write(Map<String, Object> content) {
        try {
            return StrictJson.mapper().writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text can be written as JSON", e);
        }
    }
}
