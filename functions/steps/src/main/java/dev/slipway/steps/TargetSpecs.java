package dev.slipway.steps;

import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetTemplate;
import dev.slipway.migration.plan.Plan;

/** What of a plan the blueprints need. */
final class TargetSpecs {
    private TargetSpecs() {}

    /**
     * The target's template, with the services' secrets by reference.
     *
     * @param encryptedCache whether the cache speaks TLS
     */
    static String template(Plan plan, ServiceEnvironment environment, String secretArn, boolean encryptedCache) {
        return TargetTemplate.of(TargetSpec.of(
                plan, environment::plain, service -> environment.secret(service, secretArn), encryptedCache));
    }
}
