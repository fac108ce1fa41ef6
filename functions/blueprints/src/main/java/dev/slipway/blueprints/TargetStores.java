package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedStore;
import java.util.Locale;

/** The stores, and who may reach them. */
record TargetStores(TargetSpec spec) {
    /** ElastiCache allows 40 characters, of which the blueprint adds up to 18. */
    private static final int IDENTIFIER_LENGTH = 18;

    void addTo(Template template) {
        for (PlannedStore store : spec.stores()) {
            switch (store.kind()) {
                case POSTGRES -> new TargetPostgres(spec, store).addTo(template);
                case REDIS -> new TargetRedis(spec, store).addTo(template);
                case OBJECTS -> new TargetBucket(spec, store).addTo(template);
            }
        }
    }

    /** Of the store's logical ids and outputs. */
    static String prefix(PlannedStore store) {
        return LogicalName.of(store.name());
    }

    /** Small letters, digits and single hyphens, with a letter first. */
    static String identifier(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+", "");
        String beginning = plain.substring(0, Math.min(plain.length(), IDENTIFIER_LENGTH));
        return beginning.replaceAll("-+$", "");
    }
}
