/** Takes a safety copy into artifacts. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.snapshot;
