/** Reads {@code docker-compose.yml} and {@code slipway.yaml} into an app, and takes its secrets out. */
@org.jspecify.annotations.NullMarked
package dev.slipway.compose;
