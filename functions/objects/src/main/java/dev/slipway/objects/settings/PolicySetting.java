package dev.slipway.objects.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;

/** Who may do what. */
final class PolicySetting {
    private PolicySetting() {}

    static Optional<SettingState.Present> of(GetBucketPolicyResponse answer) {
        String policy = Optional.ofNullable(answer.policy()).orElse("").strip();
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode read = StrictJson.mapper().readTree(policy);
            Object value = StrictJson.mapper().convertValue(read, Object.class);
            return Optional.of(new SettingState.Present(value, text(statements(read.path("Statement")))));
        } catch (JsonProcessingException e) {
            return Optional.of(new SettingState.Present(policy, "not in JSON"));
        }
    }

    private static List<JsonNode> statements(JsonNode node) {
        List<JsonNode> statements = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(statements::add);
        } else if (node.isObject()) {
            statements.add(node);
        }
        return statements;
    }

    private static String text(List<JsonNode> statements) {
        return Words.count(statements.size(), "statement") + ": "
                + statements.stream().map(PolicySetting::text).collect(Collectors.joining("; "));
    }

    private static String text(JsonNode statement) {
        return statement.path("Effect").asText().toLowerCase(java.util.Locale.ROOT) + " "
                + principal(statement.path("Principal")) + " " + words(statement.path("Action")) + " on "
                + words(statement.path("Resource"))
                + (statement.path("Condition").isMissingNode() ? "" : " under a condition");
    }

    private static String principal(JsonNode principal) {
        JsonNode who = principal.isObject() ? principal.path("AWS") : principal;
        String words = words(who.isMissingNode() ? principal : who);
        return words.equals("*") ? "everybody" : words;
    }

    private static String words(JsonNode node) {
        List<String> words = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(word -> words.add(word.asText()));
        } else {
            words.add(node.isValueNode() ? node.asText() : node.toString());
        }
        return String.join(", ", words);
    }
}
