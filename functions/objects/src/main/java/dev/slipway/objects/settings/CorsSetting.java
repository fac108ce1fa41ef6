package dev.slipway.objects.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.GetBucketCorsResponse;

/** Which web pages may call a bucket. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-corsrule.html */
final class CorsSetting {
    private CorsSetting() {}

    static Optional<SettingState.Present> of(GetBucketCorsResponse answer) {
        List<Map<String, Object>> rules =
                answer.corsRules().stream().map(CorsSetting::rule).toList();
        return new Words().put("CorsRules", rules).present(text(answer.corsRules()));
    }

    private static Map<String, Object> rule(CORSRule rule) {
        return new Words()
                .put("Id", rule.id())
                .put("AllowedHeaders", rule.allowedHeaders())
                .put("AllowedMethods", rule.allowedMethods())
                .put("AllowedOrigins", rule.allowedOrigins())
                .put("ExposedHeaders", rule.exposeHeaders())
                .put("MaxAge", rule.maxAgeSeconds())
                .values();
    }

    private static String text(List<CORSRule> rules) {
        return Words.count(rules.size(), "rule") + ": "
                + all(rules.stream().flatMap(rule -> rule.allowedMethods().stream())) + " from "
                + all(rules.stream().flatMap(rule -> rule.allowedOrigins().stream()));
    }

    private static String all(Stream<String> words) {
        return words.distinct().collect(Collectors.joining(", "));
    }
}
