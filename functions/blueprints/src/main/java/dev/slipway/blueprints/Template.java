package dev.slipway.blueprints;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.PlanBlocked;
import dev.slipway.migration.exception.ProvisionFailed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pieces of a target as one CloudFormation template. */
final class Template {
    /** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
    private static final int MOST_RESOURCES = 500;

    private static final int MOST_BYTES = 1 << 20;
    static final String APP_TAG = "slipway:app";

    /** Types that call their tags otherwise. */
    private static final Map<String, String> TAGS = Map.of(
            "AWS::Backup::BackupPlan", "BackupPlanTags",
            "AWS::Backup::BackupVault", "BackupVaultTags",
            "AWS::Budgets::Budget", "ResourceTags",
            "AWS::CE::AnomalyMonitor", "ResourceTags",
            "AWS::CE::AnomalySubscription", "ResourceTags");

    /** Types whose tags are a mapping. */
    private static final Set<String> TAGGED_BY_MAPPING = Set.of(
            "AWS::Backup::BackupPlan",
            "AWS::Backup::BackupVault",
            "AWS::FIS::ExperimentTemplate",
            "AWS::SSM::Parameter");

    /** Types that CloudFormation can not tag. */
    private static final Set<String> UNTAGGED = Set.of(
            "AWS::Backup::BackupSelection",
            "AWS::Config::ConfigurationRecorder",
            "AWS::Config::DeliveryChannel",
            "AWS::ApplicationAutoScaling::ScalableTarget",
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            "AWS::ECS::ClusterCapacityProviderAssociations",
            "AWS::Scheduler::Schedule",
            "AWS::CloudFront::OriginAccessControl",
            "AWS::EC2::Route",
            "AWS::EC2::SecurityGroupIngress",
            "AWS::EC2::SubnetRouteTableAssociation",
            "AWS::EC2::VPCGatewayAttachment",
            "AWS::ElasticLoadBalancingV2::Listener",
            "AWS::ElasticLoadBalancingV2::ListenerRule",
            "AWS::IAM::Policy",
            "AWS::KMS::Alias",
            "AWS::RDS::DBProxyTargetGroup",
            "AWS::Route53::RecordSet",
            "AWS::S3::BucketPolicy",
            "AWS::SecretsManager::SecretTargetAttachment",
            "AWS::WAFv2::LoggingConfiguration",
            "AWS::WAFv2::WebACLAssociation",
            "AWS::Logs::MetricFilter",
            "AWS::SNS::Subscription",
            "AWS::SNS::TopicPolicy");

    private final String app;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, Object> resources = new LinkedHashMap<>();
    private final Map<String, Object> outputs = new LinkedHashMap<>();
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final Map<String, Object> tag = new LinkedHashMap<>();

    Template(String app) {
        this.app = app;
        tag.put("Key", APP_TAG);
        tag.put("Value", app);
    }

    void add(Piece piece) {
        piece.resources().keySet().stream().findFirst().ifPresent(first -> titles.put(first, piece.title()));
        piece.resources().forEach((name, resource) -> {
            tag(Blueprint.mapping(resource));
            addOnce(resources, name, resource);
        });
        piece.outputs().forEach((name, output) -> addOnce(outputs, name, output));
    }

    /** Something that is there already, or is said by whoever deploys the template where there is no value. */
    void parameter(String name, String type, Optional<String> value) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("Type", type);
        value.ifPresent(known -> parameter.put("Default", known));
        parameters.put(name, parameter);
    }

    private void tag(Map<String, Object> resource) {
        String type = String.valueOf(resource.get("Type"));
        if (!UNTAGGED.contains(type)) {
            Map<String, Object> properties =
                    Blueprint.mapping(resource.computeIfAbsent("Properties", absent -> new LinkedHashMap<>()));
            String name = TAGS.getOrDefault(type, "Tags");
            properties.put(
                    name, TAGGED_BY_MAPPING.contains(type) ? Map.of(APP_TAG, app) : withTag(properties.get(name)));
        }
    }

    /** Ours before those that the blueprint has. */
    private List<Object> withTag(@Nullable Object own) {
        return Stream.<Object>concat(Stream.of(tag), own instanceof List<?> tags ? tags.stream() : Stream.empty())
                .toList();
    }

    /** Tags all resources of a type that are there already, for somebody who asks for that. */
    void tagAll(String type, String key, Object value) {
        named(type)
                .forEach(name ->
                        properties(name).put("Tags", List.of(tag, Intrinsic.ordered("Key", key, "Value", value))));
    }

    /** The value of an output that is there already. */
    Optional<Object> output(String name) {
        return Optional.ofNullable(outputs.get(name))
                .map(output -> Objects.requireNonNull(Blueprint.mapping(output).get("Value")));
    }

    private void addOnce(Map<String, Object> section, String name, Object content) {
        if (section.put(name, content) != null) {
            throw new ProvisionFailed(
                    "write the target's template",
                    "two of the app's stores and services would both be called " + name,
                    "rename one of them in docker-compose.yml");
        }
    }

    /** @throws PlanBlocked if it is more than CloudFormation takes in one stack */
    void requireTakenByCloudFormation() {
        if (resources.size() > MOST_RESOURCES) {
            throw tooLarge("it has " + resources.size() + " resources, and CloudFormation takes " + MOST_RESOURCES
                    + " in a stack");
        }
        int bytes = json().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw tooLarge("its text has " + bytes + " bytes, and CloudFormation takes " + MOST_BYTES);
        }
    }

    private PlanBlocked tooLarge(String why) {
        return new PlanBlocked(
                "write the target of " + app,
                why,
                "move the app in parts, each with a folder and a slipway.yaml of its own");
    }

    /** Whoever deploys the template is asked for nothing that no part of it needs. */
    void dropUnusedParameters() {
        String parts = text(resources) + text(outputs);
        parameters
                .keySet()
                .removeIf(name -> Stream.of("{\"Ref\":\"" + name + "\"}", "${" + name + "}")
                        .noneMatch(parts::contains));
    }

    /** The names of those that have no value yet: whoever deploys the template says them. */
    List<String> openParameters() {
        return parameters.keySet().stream()
                .filter(name -> !Blueprint.mapping(parameters.get(name)).containsKey("Default"))
                .toList();
    }

    /** How many resources there are. */
    int size() {
        return resources.size();
    }

    /** What each part is, by the first of its resources. */
    Map<String, String> titles() {
        return titles;
    }

    /** The names of the resources of a type, in the order in which they came. */
    List<String> named(String type) {
        return resources.keySet().stream()
                .filter(name ->
                        type.equals(Blueprint.mapping(resources.get(name)).get("Type")))
                .toList();
    }

    /** What a resource was given. */
    Map<String, Object> properties(String name) {
        return Blueprint.mapping(Blueprint.mapping(resources.get(name)).get("Properties"));
    }

    /** In the order in which the pieces came, so that the same pieces always give the same text. */
    String json() {
        return text(content());
    }

    private static String text(Map<String, Object> content) {
        try {
            return StrictJson.mapper().writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text can be written as JSON", e);
        }
    }

    Map<String, Object> content() {
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("AWSTemplateFormatVersion", "2010-09-09");
        template.put("Description", "The target of " + app + ", made by Slipway.");
        if (!parameters.isEmpty()) {
            template.put("Parameters", parameters);
        }
        template.put("Resources", resources);
        template.put("Outputs", outputs);
        return template;
    }
}
