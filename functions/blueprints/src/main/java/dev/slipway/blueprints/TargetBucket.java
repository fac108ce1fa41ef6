package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A bucket: what every bucket of a target has, and the settings that the plan carries for it. */
record TargetBucket(TargetSpec spec, PlannedStore store) {

    private static final String LIFECYCLE = "LifecycleConfiguration";

    void addTo(Template template) {
        String prefix = TargetStores.prefix(store);
        Piece bucket = Blueprint.named("bucket").place(prefix, Map.of());
        carry(bucket.properties("Bucket"), store.bucket().properties());
        template.add(bucket);
        if (store.hasCdn()) {
            new TargetCdn(spec, store).addTo(template);
        } else {
            template.add(
                    Blueprint.named("bucket-policy").place(prefix, Map.of("Bucket", Intrinsic.ref(prefix + "Bucket"))));
        }
    }

    private static void carry(Map<String, Object> ours, Map<String, Object> said) {
        if (said.get(LIFECYCLE) instanceof Map<?, ?> lifecycle && hasTransitions(lifecycle)) {
            Blueprint.mapping(ours.get(LIFECYCLE))
                    .computeIfPresent("Rules", (name, rules) -> withoutTransitions((List<?>) rules));
        }
        said.forEach((property, value) -> ours.merge(property, value, TargetBucket::both));
    }

    private static List<?> withoutTransitions(List<?> rules) {
        return rules.stream().filter(rule -> !isTransition(rule)).toList();
    }

    private static boolean hasTransitions(Map<?, ?> lifecycle) {
        return lifecycle.get("Rules") instanceof List<?> rules && rules.stream().anyMatch(TargetBucket::isTransition);
    }

    private static boolean isTransition(Object rule) {
        return rule instanceof Map<?, ?> properties
                && (properties.containsKey("Transitions") || properties.containsKey("Transition"));
    }

    /** The lists of both, one after the other; otherwise what was said. */
    private static Object both(Object ours, Object said) {
        Map<String, Object> all = new LinkedHashMap<>(Blueprint.mapping(ours));
        Blueprint.mapping(said)
                .forEach((name, value) -> all.merge(
                        name,
                        value,
                        (one, other) -> one instanceof List<?> first && other instanceof List<?> second
                                ? Stream.concat(first.stream(), second.stream())
                                        .distinct()
                                        .toList()
                                : other));
        return all;
    }
}
