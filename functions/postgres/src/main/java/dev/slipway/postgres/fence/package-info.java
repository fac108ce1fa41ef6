/** What stops the writes of an app, and the ground on which a copy may count on that. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.fence;
