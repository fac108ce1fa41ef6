/** {@code slipway.yaml} as records, with the default of every key. */
@org.jspecify.annotations.NullMarked
package dev.slipway.migration.spec;
