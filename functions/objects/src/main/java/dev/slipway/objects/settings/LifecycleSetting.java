package dev.slipway.objects.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AbortIncompleteMultipartUpload;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleAndOperator;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionExpiration;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionTransition;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Transition;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/**
 * What a bucket does to its objects in time, as it would be for a bucket that has the prefix alone: a rule for other objects is left
 * out, and so is what no storage class of AWS is for, such as a tier of MinIO's.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html
 */
record LifecycleSetting(String prefix) {
    private static final Set<String> ACTIONS = Set.of(
            "ExpirationInDays",
            "ExpirationDate",
            "ExpiredObjectDeleteMarker",
            "NoncurrentVersionExpiration",
            "Transitions",
            "NoncurrentVersionTransitions",
            "AbortIncompleteMultipartUpload");

    Optional<SettingState.Present> of(GetBucketLifecycleConfigurationResponse answer) {
        List<Map<String, Object>> rules = answer.rules().stream()
                .filter(rule -> isForUs(prefixOf(rule)))
                .map(this::rule)
                .filter(rule -> rule.keySet().stream().anyMatch(ACTIONS::contains))
                .toList();
        return new Words().put("Rules", rules).present(text(answer.rules(), rules));
    }

    private static String text(List<LifecycleRule> all, List<Map<String, Object>> carried) {
        String deleting = carried.stream()
                .filter(rule -> rule.containsKey("ExpirationInDays") || rule.containsKey("ExpirationDate"))
                .map(rule -> String.valueOf(rule.getOrDefault("Id", rule.getOrDefault("Prefix", "all"))))
                .collect(Collectors.joining(", "));
        int left = all.size() - carried.size();
        return Words.count(carried.size(), "rule")
                + (deleting.isEmpty() ? "" : ", which delete objects: " + deleting)
                + (left == 0 ? "" : "; " + left + " more not for these objects or not of AWS");
    }

    private Map<String, Object> rule(LifecycleRule rule) {
        Optional<LifecycleExpiration> expiration = Optional.ofNullable(rule.expiration());
        Words words = new Words().put("Id", rule.id()).put("Status", rule.statusAsString());
        String below = relative(prefixOf(rule));
        filter(words, rule.filter());
        return words.put("Prefix", below.isEmpty() ? null : below)
                .put(
                        "ExpirationInDays",
                        expiration.map(LifecycleExpiration::days).orElse(null))
                .put(
                        "ExpirationDate",
                        expiration
                                .map(LifecycleExpiration::date)
                                .map(String::valueOf)
                                .orElse(null))
                .put(
                        "ExpiredObjectDeleteMarker",
                        expiration
                                .map(LifecycleExpiration::expiredObjectDeleteMarker)
                                .filter(delete -> delete)
                                .orElse(null))
                .put("NoncurrentVersionExpiration", noncurrent(rule.noncurrentVersionExpiration()))
                .put(
                        "Transitions",
                        rule.transitions().stream()
                                .flatMap(LifecycleSetting::transition)
                                .toList())
                .put(
                        "NoncurrentVersionTransitions",
                        rule.noncurrentVersionTransitions().stream()
                                .flatMap(LifecycleSetting::transition)
                                .toList())
                .put("AbortIncompleteMultipartUpload", abort(rule.abortIncompleteMultipartUpload()))
                .values();
    }

    private static void filter(Words words, @Nullable LifecycleRuleFilter filter) {
        if (filter == null) {
            return;
        }
        Optional<LifecycleRuleAndOperator> and = Optional.ofNullable(filter.and());
        words.put(
                        "TagFilters",
                        Stream.concat(
                                        Stream.ofNullable(filter.tag()),
                                        and.stream().flatMap(all -> all.tags().stream()))
                                .map(LifecycleSetting::tag)
                                .toList())
                .put(
                        "ObjectSizeGreaterThan",
                        text(filter.objectSizeGreaterThan(), and.map(LifecycleRuleAndOperator::objectSizeGreaterThan)))
                .put(
                        "ObjectSizeLessThan",
                        text(filter.objectSizeLessThan(), and.map(LifecycleRuleAndOperator::objectSizeLessThan)));
    }

    /** CloudFormation wants these as text. */
    private static @Nullable String text(@Nullable Long itself, Optional<Long> inside) {
        return Optional.ofNullable(itself).or(() -> inside).map(String::valueOf).orElse(null);
    }

    private static Map<String, Object> tag(Tag tag) {
        return new Words().put("Key", tag.key()).put("Value", tag.value()).values();
    }

    private static Map<String, Object> noncurrent(@Nullable NoncurrentVersionExpiration expiration) {
        return expiration == null
                ? Map.of()
                : new Words()
                        .put("NoncurrentDays", expiration.noncurrentDays())
                        .put("NewerNoncurrentVersions", expiration.newerNoncurrentVersions())
                        .values();
    }

    private static Stream<Map<String, Object>> transition(Transition transition) {
        return transition.storageClass() == TransitionStorageClass.UNKNOWN_TO_SDK_VERSION
                ? Stream.empty()
                : Stream.of(new Words()
                        .put("StorageClass", transition.storageClassAsString())
                        .put("TransitionInDays", transition.days())
                        .put("TransitionDate", transition.date() == null ? null : String.valueOf(transition.date()))
                        .values());
    }

    private static Stream<Map<String, Object>> transition(NoncurrentVersionTransition transition) {
        return transition.storageClass() == TransitionStorageClass.UNKNOWN_TO_SDK_VERSION
                ? Stream.empty()
                : Stream.of(new Words()
                        .put("StorageClass", transition.storageClassAsString())
                        .put("TransitionInDays", transition.noncurrentDays())
                        .put("NewerNoncurrentVersions", transition.newerNoncurrentVersions())
                        .values());
    }

    private static Map<String, Object> abort(@Nullable AbortIncompleteMultipartUpload abort) {
        return abort == null
                ? Map.of()
                : new Words()
                        .put("DaysAfterInitiation", abort.daysAfterInitiation())
                        .values();
    }

    /** Servers of an older make put it into the rule itself. */
    @SuppressWarnings("deprecation")
    private static String prefixOf(LifecycleRule rule) {
        Optional<LifecycleRuleFilter> filter = Optional.ofNullable(rule.filter());
        return filter.map(LifecycleRuleFilter::prefix)
                .or(() -> filter.map(LifecycleRuleFilter::and).map(LifecycleRuleAndOperator::prefix))
                .or(() -> Optional.ofNullable(rule.prefix()))
                .orElse("");
    }

    private boolean isForUs(String its) {
        return its.startsWith(prefix) || prefix.startsWith(its);
    }

    private String relative(String its) {
        return its.startsWith(prefix) ? its.substring(prefix.length()) : "";
    }
}
