package dev.slipway.migration.spec;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code slipway.yaml} says; an empty file says {@link #DEFAULT}.
 *
 * @param app the app's name; otherwise the compose file's, otherwise the folder's
 * @param sourceAddress the host on which the compose file's ports are published
 * @param strategy empty: the plan chooses
 * @param maxPause the longest time that a cutover may keep writes waiting
 * @param hold how long the old side is kept after the cutover
 * @param soak how long the new side is watched at weight 100 before the cutover
 * @param approval whether a person approves the plan before anything is made
 * @param schemaCommand what brings the schema up to date on the target, e.g. {@code alembic upgrade head}
 * @param delivery what builds and deploys the app's next versions
 * @param repository where the app's own files lie; empty: nobody said
 * @param notified e-mail addresses or SNS topic ARNs that hear of a run's end
 */
public record Spec(
        Optional<String> app,
        String sourceAddress,
        Target target,
        Map<String, StoreSpec> stores,
        Optional<Strategy> strategy,
        Duration maxPause,
        Duration hold,
        Traffic traffic,
        Duration soak,
        boolean approval,
        Optional<String> schemaCommand,
        Delivery delivery,
        Optional<Repository> repository,
        List<String> notified) {
    public static final Spec DEFAULT = new Spec(
            Optional.empty(),
            "127.0.0.1",
            Target.DEFAULT,
            Map.of(),
            Optional.empty(),
            Duration.ofSeconds(60),
            Duration.ofHours(24),
            Traffic.DEFAULT,
            Duration.ZERO,
            false,
            Optional.empty(),
            Delivery.CODEPIPELINE,
            Optional.empty(),
            List.of());

    public Spec {
        stores = Collections.unmodifiableMap(new LinkedHashMap<>(stores));
        notified = List.copyOf(notified);
    }

    public StoreSpec store(String name) {
        return stores.getOrDefault(name, StoreSpec.DEFAULT);
    }

    /** The same for a target of another size. */
    public Spec withSize(Size size) {
        return with(target.withSize(size), strategy);
    }

    /** The same with what the plan has chosen. */
    public Spec withStrategy(Strategy chosen) {
        return with(target, Optional.of(chosen));
    }

    private Spec with(Target wanted, Optional<Strategy> chosen) {
        return new Spec(
                app,
                sourceAddress,
                wanted,
                stores,
                chosen,
                maxPause,
                hold,
                traffic,
                soak,
                approval,
                schemaCommand,
                delivery,
                repository,
                notified);
    }
}
