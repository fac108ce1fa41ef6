package dev.slipway.blueprints;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.ProvisionFailed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pieces of a target as one CloudFormation template. */
final class Template {
    /** Types that CloudFormation can not tag. */
    private static final Set<String> UNTAGGED = Set.of(
            "AWS::EC2::Route",
            "AWS::EC2::SecurityGroupIngress",
            "AWS::EC2::SubnetRouteTableAssociation",
            "AWS::EC2::VPCGatewayAttachment",
            "AWS::ElasticLoadBalancingV2::Listener",
            "AWS::ElasticLoadBalancingV2::ListenerRule",
            "AWS::IAM::Policy",
            "AWS::SecretsManager::SecretTargetAttachment");

    private final String app;
    private final Map<String, Object> resources = new LinkedHashMap<>();
    private final Map<String, Object> outputs = new LinkedHashMap<>();

    private final Map<String, Object> tag = new LinkedHashMap<>();

    Template(String app) {
        this.app = app;
        tag.put("Key", "slipway:app");
        tag.put("Value", app);
    }

    void add(Piece piece) {
        piece.resources().forEach((name, resource) -> {
            tag(Blueprint.mapping(resource));
            addOnce(resources, name, resource);
        });
        piece.outputs().forEach((name, output) -> addOnce(outputs, name, output));
    }

    private void tag(Map<String, Object> resource) {
        if (!UNTAGGED.contains(String.valueOf(resource.get("Type")))) {
            Blueprint.mapping(resource.computeIfAbsent("Properties", absent -> new LinkedHashMap<String, Object>()))
                    .put("Tags", List.of(tag));
        }
    }

    private void addOnce(Map<String, Object> section, String name, Object content) {
        if (section.put(name, content) != null) {
            throw new ProvisionFailed(
                    "write the target's template",
                    "two of the app's stores and services would both be called " + name,
                    "rename one of them in docker-compose.yml");
        }
    }

    /** In the order in which the pieces came, so that the same pieces always give the same text. */
    String json() {
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("AWSTemplateFormatVersion", "2010-09-09");
        template.put("Description", "The target of " + app + ", made by Slipway.");
        template.put("Resources", resources);
        template.put("Outputs", outputs);
        try {
            return StrictJson.mapper().writeValueAsString(template);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text can be written as JSON", e);
        }
    }
}
