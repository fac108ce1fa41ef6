package dev.slipway.objects.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;

/** Settings of a few words each. */
final class OtherSettings {
    private OtherSettings() {}

    static Optional<SettingState.Present> versioning(GetBucketVersioningResponse answer) {
        Words words = new Words().put("Status", answer.statusAsString());
        return words.present(String.valueOf(answer.statusAsString()));
    }

    static Optional<SettingState.Present> encryption(GetBucketEncryptionResponse answer) {
        List<ServerSideEncryptionByDefault> rules = answer.serverSideEncryptionConfiguration() == null
                ? List.of()
                : answer.serverSideEncryptionConfiguration().rules().stream()
                        .flatMap(rule -> Stream.ofNullable(rule.applyServerSideEncryptionByDefault()))
                        .toList();
        List<Map<String, Object>> values = rules.stream()
                .map(rule -> new Words()
                        .put("SSEAlgorithm", rule.sseAlgorithmAsString())
                        .put("KMSMasterKeyID", rule.kmsMasterKeyID())
                        .values())
                .toList();
        return new Words()
                .put("rules", values)
                .present(rules.stream()
                        .map(rule -> rule.sseAlgorithmAsString()
                                + (rule.kmsMasterKeyID() == null ? "" : " with the key " + rule.kmsMasterKeyID()))
                        .collect(Collectors.joining(", ")));
    }

    static Optional<SettingState.Present> notifications(GetBucketNotificationConfigurationResponse answer) {
        List<String> who = Stream.of(
                        answer.topicConfigurations().stream().map(topic -> topic.topicArn()),
                        answer.queueConfigurations().stream().map(queue -> queue.queueArn()),
                        answer.lambdaFunctionConfigurations().stream().map(function -> function.lambdaFunctionArn()),
                        Stream.ofNullable(answer.eventBridgeConfiguration()).map(bridge -> "EventBridge"))
                .flatMap(all -> all)
                .toList();
        return new Words().put("to", who).present("to " + String.join(", ", who));
    }

    static Optional<SettingState.Present> objectLock(GetObjectLockConfigurationResponse answer) {
        ObjectLockConfiguration lock = answer.objectLockConfiguration();
        if (lock == null || lock.objectLockEnabled() == null) {
            return Optional.empty();
        }
        var retention = Optional.ofNullable(lock.rule()).map(ObjectLockRule::defaultRetention);
        String keeps = retention
                .map(rule -> ", keeps each object " + rule.modeAsString() + " for "
                        + (rule.days() == null ? rule.years() + " years" : rule.days() + " days"))
                .orElse("");
        return new Words()
                .put("ObjectLockEnabled", lock.objectLockEnabledAsString())
                .put("mode", retention.map(rule -> rule.modeAsString()).orElse(null))
                .put("days", retention.map(rule -> rule.days()).orElse(null))
                .put("years", retention.map(rule -> rule.years()).orElse(null))
                .present(lock.objectLockEnabledAsString() + keeps);
    }

    static Optional<SettingState.Present> website(GetBucketWebsiteResponse answer) {
        String index =
                answer.indexDocument() == null ? null : answer.indexDocument().suffix();
        String redirect = answer.redirectAllRequestsTo() == null
                ? null
                : answer.redirectAllRequestsTo().hostName();
        return new Words()
                .put("index", index)
                .put(
                        "error",
                        answer.errorDocument() == null
                                ? null
                                : answer.errorDocument().key())
                .put("redirect", redirect)
                .put(
                        "rules",
                        answer.routingRules().isEmpty()
                                ? null
                                : answer.routingRules().size())
                .present(redirect == null ? "index " + index : "redirects to " + redirect);
    }

    static Optional<SettingState.Present> publicAccess(GetPublicAccessBlockResponse answer) {
        PublicAccessBlockConfiguration block = answer.publicAccessBlockConfiguration();
        if (block == null) {
            return Optional.empty();
        }
        Words words = new Words()
                .put("BlockPublicAcls", block.blockPublicAcls())
                .put("IgnorePublicAcls", block.ignorePublicAcls())
                .put("BlockPublicPolicy", block.blockPublicPolicy())
                .put("RestrictPublicBuckets", block.restrictPublicBuckets());
        List<String> on = words.values().entrySet().stream()
                .filter(entry -> Boolean.TRUE.equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return words.present(
                on.size() == 4 ? "all of it is blocked" : on.isEmpty() ? "nothing is blocked" : String.join(", ", on));
    }
}
