package dev.slipway.migration;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a plan carries of a bucket's own settings, in the words of CloudFormation.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 *
 * @param properties by name, of those in {@link #CARRIED}; maps, lists, texts, numbers and truth values
 */
public record BucketSettings(@JsonValue Map<String, Object> properties) {
    /** The properties, and what may stand in each. */
    public static final Map<String, Set<String>> CARRIED = Map.of(
            "CorsConfiguration", Set.of("CorsRules"),
            "LifecycleConfiguration", Set.of("Rules", "TransitionDefaultMinimumObjectSize"),
            "VersioningConfiguration", Set.of("Status"));

    public static final BucketSettings NONE = new BucketSettings(Map.of());

    @JsonCreator
    public BucketSettings {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }
}
