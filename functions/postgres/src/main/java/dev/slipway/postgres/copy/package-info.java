/** Copies a database by one worker, exactly once, and goes on where an earlier one stopped. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.copy;
