package dev.slipway.compose;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppSecrets;
import dev.slipway.migration.spec.Spec;

/**
 * An app with everything that is uploaded of it.
 *
 * @param compose the compose file to upload: complete in itself, with {@code ${NAME}} in place of each secret
 * @param specText {@code slipway.yaml} as it was written; may be empty
 * @param secrets the values of the references, for Secrets Manager
 */
public record AppBundle(App app, Spec spec, String compose, String specText, AppSecrets secrets) {}
