package dev.slipway.migration.plan;

/**
 * What becomes of one key of the compose file.
 *
 * @param service the service, or {@code -} for a key at the top level
 * @param key e.g. {@code restart} or {@code deploy.resources}
 * @param why how it is kept or changed, or why it is lost and what to do
 */
public record KeyFate(String service, String key, String why) {}
